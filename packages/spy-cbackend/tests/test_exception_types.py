import re
from pathlib import Path

import spy_cbackend
from spy_types.exception_types import PARENTS


def test_the_runtime_knows_the_hierarchy():
    source = (Path(spy_cbackend.__file__).parent / "libspy" / "error.c").read_text()
    table = source.partition("} parents[] = {")[2].partition("};")[0]
    assert dict(re.findall(r'\{"(\w+)",\s*"(\w+)"\}', table)) == PARENTS
