"""`make test`: the whole suite on two cores, and a plain word on which databases it ran."""

import os
import sys

import pytest

from tests.support.databases import postgres_answers


def main() -> int:
    """Run pytest; return its exit code, or 1 where PostgreSQL is needed and missing."""
    answers = postgres_answers()
    code = int(pytest.main(["-n", "2", "--dist", "loadgroup", *sys.argv[1:]]))
    if answers:
        print("The database tests ran on SQLite and on PostgreSQL.")
        return code
    print("NOT TESTED ON POSTGRESQL: none answers on TEST_DATABASE_URL or 127.0.0.1:5432. Start one and run again.")
    return code or (1 if os.environ.get("LIANXIN_TESTS_NEED_POSTGRES") else 0)


if __name__ == "__main__":
    sys.exit(main())
