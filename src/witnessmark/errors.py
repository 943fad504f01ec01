"""Errors and coded messages.

Exception tree::

    WitnessmarkError            everything raised on purpose; carries a code
    ├── UsageError              the call is wrong: a bad option, an unknown id
    ├── InputError              one input could not be taken or read; the run goes on
    │   ├── SourceError         bytes could not be had
    │   └── DocumentError       bytes could not be turned into text
    ├── CaseError               the case folder is damaged, locked or of another version
    │   └── IntegrityError      a hash, the ledger or a table does not verify
    └── DataError               a shipped data pack or vocabulary is missing or wrong

Each code stands once in :data:`CATALOGUE` with its cause and what to do next, is never reused, and is documented in
``docs/errors.md`` (a test holds the two together).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a code means. ``outcome`` is what becomes of the input: partial, empty, blocked, failed, or none."""

    code: str
    cause: str
    advice: str
    outcome: str = "none"


class WitnessmarkError(Exception):
    """Base of every error raised on purpose. ``code`` is in the catalogue; ``origin`` names the file or id concerned."""

    def __init__(self, code: str, detail: str = "", *, origin: str = "") -> None:
        self.code = code
        self.detail = detail
        self.origin = origin
        super().__init__(describe(code, detail, origin=origin))

    def __reduce__(self) -> tuple[object, ...]:
        """Errors travel between processes."""
        return _again, (type(self), self.code, self.detail, self.origin)


def _again(kind: type[WitnessmarkError], code: str, detail: str, origin: str) -> WitnessmarkError:
    return kind(code, detail, origin=origin)


class UsageError(WitnessmarkError):
    """The call is wrong."""


class InputError(WitnessmarkError):
    """One input could not be taken or read; the run goes on."""


class SourceError(InputError):
    """The bytes of an input could not be had."""


class DocumentError(InputError):
    """The bytes of an input could not be turned into text."""


class CaseError(WitnessmarkError):
    """The case folder is damaged, locked, or of another version."""


class IntegrityError(CaseError):
    """A hash, the ledger or a table does not verify."""


class DataError(WitnessmarkError):
    """A shipped data pack or vocabulary is missing or wrong."""


def describe(code: str, detail: str = "", *, origin: str = "") -> str:
    """One plain line: code, input, what happened, what to do next."""
    entry = CATALOGUE[code]
    where = f" {origin}:" if origin else ""
    what = f"{entry.cause} ({detail})" if detail else entry.cause
    return f"[{code}]{where} {what}. {entry.advice}."


_ENTRIES = (
    # WM0xx usage
    Explanation(
        "WM001",
        "no such incident, claim, series, contradiction or document",
        "List what there is with 'witnessmark show'",
    ),
    Explanation(
        "WM002",
        "no input was given or none was found",
        "Name a file, a folder, a list of URLs, or - for standard input",
    ),
    Explanation("WM003", "not a date", "Write it as YYYY-MM-DD"),
    Explanation("WM004", "no such field", "Name one of the fields that 'witnessmark show ID' prints"),
    Explanation("WM005", "the folder has no case in it", "Make one with 'witnessmark read FILE --case DIR'"),
    Explanation("WM006", "the query cannot be run", "Correct the SELECT; the tables are in docs/case-format.md"),
    Explanation("WM007", "an optional library is not installed", "Install it as named, or leave out what needs it"),
    Explanation("WM008", "the table or the areas cannot be read", "Correct the file as docs/patterns.md says"),
    Explanation("WM009", "the hypotheses cannot be read", "Correct the file as docs/patterns.md says"),
    Explanation(
        "WM031",
        "the table of claims cannot be merged",
        "Give CSV, TSV, Parquet or JSON lines with columns date and place; docs/guide.md lists the others",
    ),
    Explanation("WM032", "no such grade of reliability", "Grade publishers A to F; F is 'cannot be judged'"),
    Explanation("WM033", "the two cannot be compared", "Name two different claims or incidents"),
    Explanation(
        "WM034",
        "Spark cannot be started",
        "Install Java 17 or 21 (Debian: apt-get install default-jre-headless) and set JAVA_HOME if it is not on the path, or leave out --engine spark",
    ),
    Explanation(
        "WM035",
        "Spark gave up work that can be done on this machine",
        "What was read is kept. Make sure that every machine of the cluster has this version of Witnessmark and sees the case folder; go on with 'witnessmark read --case DIR'",
    ),
    Explanation("WM036", "not a share of the inputs", "Write it as number/of, for example --shard 3/16, and keep one folder for each"),
    Explanation(
        "WM037",
        "the language model cannot be asked in this way",
        "Give --llm-url http://HOST:PORT/v1, --llm-model NAME, and --llm-key-env VARIABLE where a key is wanted",
    ),
    Explanation(
        "WM038",
        "the language model is on another machine and the network may not be used",
        "Add --allow-network; the readable text of every document is then sent there",
    ),
    # WM1xx sources
    Explanation("WM101", "the file does not exist or vanished while it was read", "Check the path and read it again", "failed"),
    Explanation("WM102", "the file may not be read", "Give this user the right to read it", "blocked"),
    Explanation("WM103", "not a regular file", "Name files or folders; devices, pipes and sockets are not read", "blocked"),
    Explanation("WM104", "the input has no bytes", "Nothing to do, unless it should have had some", "empty"),
    Explanation("WM105", "the input is larger than the limit", "Split it, or raise --max-bytes", "blocked"),
    Explanation("WM106", "the network may not be used", "Add --allow-network to fetch URLs", "blocked"),
    Explanation(
        "WM107",
        "the address is not public or not http(s)",
        "Only public http and https addresses are fetched",
        "blocked",
    ),
    Explanation("WM108", "the server did not give the page", "Try again later, or save the page and read the file", "failed"),
    Explanation("WM109", "an archive member is broken", "The rest was read; get the archive again", "failed"),
    Explanation("WM110", "a record has no text", "Name its text column 'text', 'body' or 'content'", "empty"),
    Explanation("WM111", "a symbolic link leads out of the folder", "Name its target itself if you want it read", "blocked"),
    Explanation("WM112", "hidden files or inner links were passed over", "Name them themselves if you want them read", "none"),
    # WM2xx documents
    Explanation(
        "WM201",
        "the kind of file is not known",
        "Text, HTML, PDF, DOCX, CSV, JSONL, WARC and messenger JSON are read",
        "failed",
    ),
    Explanation("WM202", "the parser ran out of time", "The document was set aside; try a text export of it", "failed"),
    Explanation("WM203", "the parser ran out of memory", "The document was set aside; try a text export of it", "failed"),
    Explanation("WM204", "the parser broke", "The document was set aside; try a text export of it", "failed"),
    Explanation("WM205", "the document has no visible text", "A scan needs text recognition first", "empty"),
    Explanation(
        "WM206",
        "two parsers disagree on the visible text",
        "What both see was read; compare with the original",
        "partial",
    ),
    Explanation("WM207", "characters could not be decoded", "What could be decoded was read; check the encoding", "partial"),
    Explanation("WM208", "the archive unpacks to too much", "It was not unpacked; it may be a bomb", "blocked"),
    Explanation("WM209", "the file is damaged", "Get it again, or try a text export of it", "failed"),
    Explanation(
        "WM210",
        "the text is longer than the limit and was cut",
        "What stands before the cut was read; split the file",
        "partial",
    ),
    Explanation("WM211", "the file is encrypted", "Remove the password and read it again", "blocked"),
    Explanation("WM212", "the nesting is too deep", "It was not parsed; it may be hostile", "blocked"),
    Explanation("WM213", "the reader broke on this text", "The document is kept; please report it with the code", "failed"),
    Explanation("WM214", "the page has too many elements or attributes", "It was not parsed; it may be hostile", "blocked"),
    Explanation("WM220", "the language model is not there", "The rules' reading is kept; start it and read the case again", "partial"),
    Explanation(
        "WM221",
        "the language model did not answer in time",
        "The rules' reading is kept; read the case again, or give it more time with --llm-seconds",
        "partial",
    ),
    Explanation(
        "WM222",
        "the language model's server refused",
        "The rules' reading is kept; look at the server's log, then read the case again",
        "partial",
    ),
    Explanation(
        "WM223",
        "the language model's answer cannot be used",
        "The rules' reading is kept; use a model that keeps to a JSON schema",
        "partial",
    ),
    Explanation("WM224", "the language model declined to answer", "The rules' reading is kept", "partial"),
    Explanation(
        "WM225",
        "values that a language model proposed were dropped",
        "Nothing to do; docs/guide.md lists the reasons",
    ),
    Explanation(
        "WM226",
        "words in the document address a language model",
        "They were not obeyed; look at the document, somebody may mean to mislead",
    ),
    Explanation(
        "WM227",
        "the server does not hold the language model to a form of answer",
        "Answers of another form are refused; a server that knows JSON schemas gives more",
    ),
    Explanation("WM228", "part of the text was too long for the language model", "The rules read it; raise --llm-window"),
    Explanation(
        "WM229",
        "the language model that the case was read with was not asked about this document",
        "Name it again with --reader llm, or read with the rules alone with --reader rules",
        "partial",
    ),
    # WM3xx case
    Explanation(
        "WM301",
        "a stored original does not match its hash",
        "Restore it from a copy; nothing derived from it can be trusted",
    ),
    Explanation("WM302", "the ledger's chain is broken", "Restore the ledger from a copy; compare its root with a published one"),
    Explanation("WM303", "a table does not match its manifest", "Run 'witnessmark read' on the case again to rebuild it"),
    Explanation("WM304", "a quote does not match its source", "Rebuild the tables; if it stays, report it"),
    Explanation("WM305", "another process is writing to the case", "Wait for it to end, or stop it"),
    Explanation("WM306", "the case was written by a newer version", "Update Witnessmark"),
    Explanation("WM307", "the case folder cannot be written", "Check rights and free space"),
    Explanation("WM308", "a file of the case is missing", "Restore it from a copy"),
    Explanation("WM309", "the case is not sealed", "A run was interrupted; run 'witnessmark read' on the case again to finish it"),
    Explanation("WM310", "a file is not what was sealed", "Restore it from a copy, or read the inputs into a new case"),
    Explanation("WM311", "a file that nobody sealed lies in the folder", "Find out who put it there; remove it"),
    Explanation(
        "WM312", "the working store is damaged", "Remove work.sqlite; the next 'witnessmark read' makes it anew from the originals"
    ),
    Explanation(
        "WM313",
        "the case holds decisions of people, which gathering would leave behind",
        "Gather first and review the gathered case; nothing was taken over from this one",
    ),
    # WM4xx data
    Explanation("WM401", "a data pack is missing", "Install the package again"),
    Explanation("WM402", "a data pack does not match its hash", "Install the package again"),
    Explanation("WM403", "a vocabulary file is wrong", "Install the package again"),
    Explanation("WM404", "a gazetteer cannot be built from these sources", "See docs/places.md for the files that a build needs"),
    # WM5xx evaluation
    Explanation("WM501", "the gold folder is not there", "Name it with --gold or WITNESSMARK_GOLD"),
    Explanation("WM502", "a score fell below its floor", "Find the change that lowered it"),
    Explanation("WM503", "a gold file is not JSON lines", "Each line has to be one JSON object"),
    Explanation("WM504", "the file of floors is wrong", "It holds 'data' and 'floors'; see docs/evaluation.md"),
    Explanation("WM505", "nothing to evaluate", "Name a set or part that lies in the gold folder"),
    # WM6xx publication
    Explanation("WM601", "the policy cannot be read", "Name a TOML file, or leave --policy out to use the default"),
    Explanation(
        "WM602", "the policy is wrong", "Correct the keys named; 'witnessmark publish --show-policy' prints the documented default"
    ),
    Explanation("WM603", "not a workbook of ours", "Give back the workbook that was published, with its sheets 'about' and 'decisions'"),
    Explanation("WM604", "lines of the workbook cannot be used", "Correct the rows named; nothing was taken from the file"),
    Explanation("WM605", "the folder holds something else", "Name an empty folder, or one that holds an earlier publication"),
    Explanation("WM606", "not a publication", "Name a folder that 'witnessmark publish' wrote"),
    Explanation("WM607", "no such figure or format", "Name one of the figures of docs/publishing.md, as svg or png"),
    Explanation("WM611", "a library of an extra is not installed", "Install it: 'pip install witnessmark[sheets]', '[pdf]' or '[charts]'"),
    Explanation("WM612", "a system library of the extra is missing", "Install libpango-1.0-0, libpangoft2-1.0-0 and fonts-dejavu-core"),
    # WM7xx desk and review
    Explanation("WM701", "a library of the desk is not installed", "Install it with: pip install 'witnessmark[web]'"),
    Explanation("WM702", "this decision cannot be taken", "Nothing was saved; see what the message says it lacks"),
    Explanation("WM703", "the value cannot be understood", "Nothing was saved; write it as the field's hint says"),
    Explanation("WM704", "an address that others can reach needs accounts", "Make one with 'witnessmark desk CASE --add-account NAME'"),
    Explanation("WM705", "name or password is wrong", "Try again; a lead can set a new password"),
    Explanation("WM706", "the index of the desk is damaged", "Remove index.sqlite; the desk makes it anew"),
    Explanation(
        "WM707", "the account cannot be made", "Use 1-64 letters, digits, . - _ @ for the name and 12 characters or more for the password"
    ),
    Explanation("WM708", "the port is taken or may not be used", "Name another with --port"),
    Explanation(
        "WM709", "computing anew did not come to its end", "Nothing is lost; start it again, or run 'witnessmark read --case CASE'"
    ),
)

CATALOGUE: dict[str, Explanation] = {e.code: e for e in _ENTRIES}
"""Every code with its explanation."""
