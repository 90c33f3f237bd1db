"""Store what CPython 3.12 makes of `corpus/constructs_312.txt`, for the tests on older Pythons.

python3.12 tests/support/store_constructs.py
"""

import msgspec
from cpython_tree import expected_body
from parser_corpus import CONSTRUCTS_312

if __name__ == "__main__":
    body = expected_body(CONSTRUCTS_312.read_text("utf-8"))
    CONSTRUCTS_312.with_suffix(".json").write_bytes(msgspec.json.encode(body) + b"\n")
