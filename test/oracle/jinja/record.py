"""Records what dbt's own Jinja answers to the cases of test/fixtures/jinja/cases.json.

usage: python test/oracle/jinja/record.py      (needs dbt-core; writes test/fixtures/jinja/answers.json)

Templates are rendered by dbt_common.clients.jinja, exactly as dbt renders a model ("text") or a value in YAML
("native"). Macros are bound as dbt binds a project's macros, each in a template of its own, with return().
"""

import itertools
import json
import platform
import re
from importlib.metadata import version
from pathlib import Path
from types import SimpleNamespace

import jinja2
import jinja2.sandbox
from dbt.context.base import get_context_modules
from dbt_common.clients.jinja import CallableMacroGenerator, extract_toplevel_blocks, get_template
from dbt_common.exceptions.macros import MacroReturn

fixtures = Path(__file__).resolve().parents[2] / "fixtures" / "jinja"

kinds = [
    (jinja2.TemplateSyntaxError, "syntax"),
    (SyntaxError, "syntax"),
    (UnicodeDecodeError, "syntax"),
    (jinja2.sandbox.SecurityError, "security"),
    (jinja2.UndefinedError, "undefined"),
    (RecursionError, "limit"),
    (ArithmeticError, "arithmetic"),
    (LookupError, "lookup"),
    (ValueError, "value"),
    (re.error, "value"),
    (TypeError, "type"),
    (jinja2.TemplateRuntimeError, "type"),
    (AssertionError, "value"),
]


def do_return(data=None):
    raise MacroReturn(data)


def context_of(case):
    context = dict(case.get("context", {}))
    context["return"] = do_return
    # dbt warns of itertools by an event, which needs a command's flags: the functions themselves are recorded.
    context["modules"] = {**get_context_modules(), "itertools": itertools}
    for block in extract_toplevel_blocks(case.get("macros", ""), {"macro"}, collect_raw_data=False):
        node = SimpleNamespace(name=block.block_name, macro_sql=block.full_block, unique_id=block.block_name)
        context[block.block_name] = CallableMacroGenerator(node, context)
    return context


def fault_of(error):
    """dbt wraps what Jinja and Python raise; the first error of a known kind tells what went wrong."""
    seen = []
    while isinstance(error, Exception) and error not in seen:
        seen.append(error)
        for kind, name in kinds:
            if isinstance(error, kind):
                return name, error
        error = getattr(error, "exc", None) or error.__cause__ or error.__context__
    return None, seen[0]


def plain(value):
    if isinstance(value, jinja2.Undefined):
        return {"undefined": True}
    if isinstance(value, tuple):
        return {"tuple": [plain(item) for item in value]}
    if isinstance(value, float):
        return {"float": repr(value)}
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {"dict": [[plain(key), plain(item)] for key, item in value.items()]}
    return value


def answer(case):
    native = case.get("native", False)
    try:
        rendered = get_template(case["template"], {}, native=native).render(context_of(case))
        return {"value": plain(rendered)} if native else {"text": rendered}
    except Exception as error:
        kind, cause = fault_of(error)
        if kind is None:
            kind = "value" if native else type(cause).__name__
        return {"error": kind, "message": str(cause).splitlines()[-1].strip()}


def main():
    cases = json.loads((fixtures / "cases.json").read_text(encoding="utf-8"))
    names = [case["name"] for case in cases]
    doubled = {name for name in names if names.count(name) > 1}
    if doubled:
        raise SystemExit(f"names that stand twice: {sorted(doubled)}")
    recorded = {
        "versions": {
            "python": platform.python_version(),
            "jinja2": version("jinja2"),
            "dbt-core": version("dbt-core"),
            "dbt-common": version("dbt-common"),
        },
        "answers": {case["name"]: answer(case) for case in cases},
    }
    text = json.dumps(recorded, indent=1, ensure_ascii=False) + "\n"
    (fixtures / "answers.json").write_text(text, encoding="utf-8")
    print(f"{len(cases)} answers recorded")


main()
