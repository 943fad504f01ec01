"""A run of a shard, or of the gathering of shards, that a test kills: ``gather_child.py read CASE KILL_AT INPUTS SHARD`` or ``gather CASE KILL_AT SHARD...``.

KILL_AT is as in ``child.py``. Prints ``begin`` when everything is loaded, and at the end how many operations there were.
"""

import sys

from child import LOADED, arm

import witnessmark

if __name__ == "__main__":
    job, case, kill_at, *rest = sys.argv[1:]
    assert LOADED
    seen = arm(case, int(kill_at))
    print("begin", flush=True)
    if job == "read":
        witnessmark.read([rest[0]], case=case, published="2021-05-04", shard=rest[1]).close()
    else:
        witnessmark.gather(case, rest).case.close()
    print(f"operations\t{seen[0]}", flush=True)
