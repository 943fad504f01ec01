"""Options that ask a language model, and what is said before a word goes out."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, TypeVar

import click

import witnessmark
from witnessmark.cli.terminal import safe

F = TypeVar("F", bound=Callable[..., Any])

_OPTIONS = (
    click.option("--reader", type=click.Choice(["rules", "llm"]),
                 help="Who reads: the rules alone, or the rules with a language model of yours that proposes beside them. [default: the rules;"
                      " what a model proposed in an earlier run stays]"),
    click.option("--llm-url", metavar="URL", envvar="WITNESSMARK_LLM_URL", show_envvar=True,
                 help="Its server, which speaks OpenAI's chat completions. One on another machine needs --allow-network."),
    click.option("--llm-model", metavar="NAME", envvar="WITNESSMARK_LLM_MODEL", show_envvar=True, help="What its server calls it."),
    click.option("--llm-key-env", metavar="VARIABLE", help="Environment variable that holds the key, where one is wanted."),
    click.option("--llm-window", type=click.IntRange(500), metavar="N", help="Most characters in one request. [default: 12000]"),
    click.option("--llm-seconds", type=click.FloatRange(0, min_open=True), metavar="N",
                 help="Longest wait for one answer, retries included. [default: 120]"),
)  # fmt: skip


def language_model_options(function: F) -> F:
    """The options, given to ``function`` as the arguments ``model`` and ``rules_only``."""

    @functools.wraps(function)
    def wrapped(
        *args: Any,
        reader: str | None,
        llm_url: str | None,
        llm_model: str | None,
        llm_key_env: str | None,
        llm_window: int | None,
        llm_seconds: float | None,
        **others: Any,
    ) -> Any:
        wanted = {"key_env": llm_key_env, "window": llm_window, "seconds": llm_seconds}
        given = {name: value for name, value in wanted.items() if value is not None}
        return function(*args, model=_model(reader, llm_url, llm_model, given), rules_only=reader == "rules", **others)

    for option in reversed(_OPTIONS):
        wrapped = option(wrapped)
    return wrapped  # type: ignore[return-value]


def _model(reader: str | None, url: str | None, name: str | None, given: dict[str, Any]) -> witnessmark.LanguageModel | None:
    if reader != "llm":
        if given:
            raise click.UsageError("The options of a language model go with --reader llm.")
        return None
    if url is None or name is None:
        raise click.UsageError("--reader llm needs --llm-url and --llm-model.")
    return witnessmark.LanguageModel(url, name, **given)


def announce(model: witnessmark.LanguageModel, *, allow_network: bool) -> None:
    """Say on standard error what leaves the machine, once it is certain that it may.

    Raises:
        UsageError: WM037 or WM038 when the model may not or cannot be asked.
    """
    model.check(allow_network=allow_network)
    name = safe(model.name)
    if model.kind == "remote":
        click.echo(
            f"Sending out: the readable text of every document goes to {safe(model.host)} (model {name}), which may keep it."
            " Stop with Ctrl-C if it must not.",
            err=True,
        )
    click.echo(f"Values that {name} proposes are marked 'llm' in their rule and have no measured confidence: review them.", err=True)
