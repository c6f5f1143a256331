"""Compares what dbt and Modelyard answered to one command."""

import json
import re
from pathlib import Path
from typing import Iterator

Difference = tuple[str, str]

NODE_FIELDS = """
    name resource_type package_name path original_file_path fqn alias schema description tags refs sources patch_path
    column_name attached_node test_metadata version latest_version identifier primary_key group access source_name loader
    type owner label maturity url meta raw_code constraints deprecation_date model given expect overrides freshness
    loaded_at_field arguments language contract checksum docs unrendered_config doc_blocks config
""".split()
SECTIONS = ("nodes", "sources", "exposures", "unit_tests", "docs", "groups", "macros")

# Columns whose values are the moment of the run, or made of it.
MOMENTARY = re.compile(r"dbt_scd_id|dbt_updated_at|dbt_valid_from|dbt_valid_to|.*_now")


def differences(dbt: Path, own: Path) -> Iterator[Difference]:
    theirs, ours = read(dbt), read(own)
    if theirs["exit"] != ours["exit"]:
        yield "exit", f"dbt {theirs['exit']['code']}, Modelyard {ours['exit']['code']}: {ours['console'][-700:]}"
    yield from differ("console", "lines", console_lines(theirs["console"]), console_lines(ours["console"]))
    if theirs["exit"]["code"] != 2:
        yield from compare_runs(theirs, ours)
    if theirs["manifest"] and ours["manifest"]:
        yield from compare_manifests(theirs["manifest"], ours["manifest"])
    yield from differ("catalog", "columns", catalog_columns(theirs["catalog"]), catalog_columns(ours["catalog"]))
    yield from differ("sources", "freshness", freshness(theirs["sources"]), freshness(ours["sources"]))
    yield from compare_tables(theirs["tables"], ours["tables"])


def read(folder: Path) -> dict:
    names = ("exit", "tables", "manifest", "run_results", "catalog", "sources")
    found = {name: folder / f"{name}.json" for name in names}
    answers = {name: json.loads(file.read_text()) if file.exists() else None for name, file in found.items()}
    return {**answers, "console": (folder / "console.txt").read_text()}


def differ(kind: str, what: str, dbt: object, own: object) -> Iterator[Difference]:
    """Where two values differ: the entries of mappings and the items of lists of one length, else the values."""
    if dbt == own and type(dbt) is type(own):
        return
    if isinstance(dbt, dict) and isinstance(own, dict):
        for key in {**dbt, **own}:
            yield from differ(kind, f"{what} {key}", dbt.get(key), own.get(key))
    elif isinstance(dbt, list) and isinstance(own, list) and len(dbt) == len(own):
        for at, (one, other) in enumerate(zip(dbt, own)):
            yield from differ(kind, f"{what}[{at}]", one, other)
    elif isinstance(dbt, list) and isinstance(own, list):
        only_dbt = [one for one in dbt if one not in own]
        only_own = [one for one in own if one not in dbt]
        yield kind, f"{what}: dbt alone has {shown(only_dbt)}, Modelyard alone {shown(only_own)} ({len(dbt)}, {len(own)})"
    elif not (is_number(dbt) and is_number(own) and dbt == own):
        yield kind, f"{what}: dbt {shown(dbt)}, Modelyard {shown(own)}"


def is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def shown(value: object) -> str:
    text = json.dumps(value)
    return text if len(text) <= 240 else f"{text[:240]}…"


def console_lines(text: str) -> list[str]:
    """Lines that both are to write: progress, what was counted, what `ls` lists and `show` shows, and what macros say."""
    wanted = re.compile(r"\d+ of \d+ |Done\. PASS|Finished running|Completed |\| |\{|say: ")
    listed = re.compile(r"(source:|exposure:|unit_test:)?[\w./-]+\.[\w./-]+")
    lines = [line.rstrip() for line in text.split("\n")]
    kept = [line for line in lines if wanted.match(line) or (listed.fullmatch(line) and not line.startswith("target/"))]
    kept = [sorted_json(line) if line.startswith("{") else line for line in kept]
    timeless = [re.sub(r" in \d+ hours .*", "", re.sub(r" in \d+\.\d\ds\]", " in N]", line)) for line in kept]
    return [re.sub(r" \.+ ", " ", line) for line in timeless]


def sorted_json(line: str) -> str:
    """A record that `ls --output json` shows, its keys in order, without the macros that it needs."""
    try:
        record = json.loads(line)
    except ValueError:
        return line
    record.get("depends_on", {}).pop("macros", None)
    return json.dumps(record, sort_keys=True)


def compare_runs(theirs: dict, ours: dict) -> Iterator[Difference]:
    def results(answer: dict) -> list:
        run = answer["run_results"] or {"results": []}
        return [[one["unique_id"], one["status"], one["failures"]] for one in run["results"]]

    yield from differ("results", "nodes with status and failures", results(theirs), results(ours))
    own = {one["unique_id"]: one for one in (ours["run_results"] or {"results": []})["results"]}
    for one in (theirs["run_results"] or {"results": []})["results"]:
        other = own.get(one["unique_id"])
        if other is not None and one["compiled_code"] is not None:
            codes = plain_code(one["compiled_code"], theirs["manifest"]), plain_code(other["compiled_code"], ours["manifest"])
            yield from differ("compiled", one["unique_id"], *codes)


def plain_code(code: str | None, manifest: dict | None) -> str | None:
    """Compiled SQL in which relations have their aliases in the place of their names."""
    nodes = [*manifest["nodes"].values(), *manifest["sources"].values()] if manifest else []
    named = [one for one in nodes if one.get("relation_name")]
    for node in sorted(named, key=lambda one: -len(one["relation_name"])):
        if code is not None:
            code = code.replace(node["relation_name"], f"<{node.get('alias') or node['identifier']}>")
    return code


def compare_manifests(dbt: dict, own: dict) -> Iterator[Difference]:
    for section in SECTIONS:
        theirs, ours = (without_dbts(one.get(section) or {}) for one in (dbt, own))
        yield from differ("manifest", f"{section}: ids", sorted(theirs), sorted(ours))
        for unique_id in sorted(theirs.keys() & ours.keys()):
            node, other = theirs[unique_id], ours[unique_id]
            for field in NODE_FIELDS:
                if field in node:
                    yield from differ("manifest", f"{unique_id} {field}", node[field], other.get(field))
            yield from differ("manifest", f"{unique_id} depends_on", reads(node), reads(other))
            columns = (node.get("columns") or {}), (other.get("columns") or {})
            yield from differ("manifest", f"{unique_id} columns", *columns)
    yield from differ("manifest", "disabled", sorted(dbt.get("disabled") or {}), sorted(own.get("disabled") or {}))
    for name in ("parent_map", "child_map", "group_map"):
        maps = ({key: sorted(set(ids)) for key, ids in (one.get(name) or {}).items()} for one in (dbt, own))
        yield from differ("manifest", name, *maps)


def without_dbts(section: dict) -> dict:
    """Without the macros and docs of dbt and its adapters."""
    return {key: one for key, one in section.items() if not re.match(r"(macro|doc)\.dbt(_\w+)?\.", key)}


def reads(node: dict) -> list[str]:
    return sorted((node.get("depends_on") or {}).get("nodes") or [])


def catalog_columns(catalog: dict | None) -> dict | None:
    if catalog is None:
        return None
    return {key: list(one["columns"]) for key, one in {**catalog["nodes"], **catalog["sources"]}.items()}


def freshness(sources: dict | None) -> list | None:
    if sources is None:
        return None
    return [[one["unique_id"], one["status"], one.get("max_loaded_at"), one.get("criteria")] for one in sources["results"]]


def compare_tables(dbt: dict, own: dict) -> Iterator[Difference]:
    yield from differ("tables", "made", sorted(dbt), sorted(own))
    for unique_id in sorted(dbt.keys() & own.keys()):
        theirs, ours = dbt[unique_id], own[unique_id]
        yield from differ("tables", f"{unique_id} columns", theirs["columns"], ours["columns"])
        yield from differ("tables", f"{unique_id} rows", plain_rows(theirs), plain_rows(ours))


def plain_rows(table: dict) -> list[str]:
    kept = [at for at, name in enumerate(table["columns"]) if not MOMENTARY.fullmatch(name)]
    return sorted(json.dumps([plain_value(row[at]) for at in kept]) for row in table["rows"])


def plain_value(value: object) -> object:
    """Numbers to twelve digits, and moments in one form."""
    if is_number(value):
        return float(f"{value:.12g}")
    moment = re.fullmatch(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(\.0+)?", value) if isinstance(value, str) else None
    if moment is None:
        return value
    return moment[1] if moment[2] == "00:00:00" else f"{moment[1]} {moment[2]}"
