import contextlib
import io
import re
from pathlib import Path

README = Path(__file__).parents[1] / "README.md"
EXAMPLE = re.compile(r"```python\n(.*?)```\n```text\n(.*?)```", re.DOTALL)


def test_the_examples_print_what_the_readme_says():
    examples = EXAMPLE.findall(README.read_text())
    assert len(examples) == README.read_text().count("```python")
    namespace: dict[str, object] = {"__name__": "readme"}
    for code, expected in examples:
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            exec(compile(code, str(README), "exec"), namespace)
        assert out.getvalue().rstrip("\n") == expected.rstrip("\n")
