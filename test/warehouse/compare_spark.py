"""Compares the sample's models on Spark with what Modelyard made of the same data.

usage: python compare_spark.py rows|sums WAREHOUSE_DB SCHEMA     (the cluster is that of SPARK_CONF_DIR)

`rows` compares every row; `sums` the number of rows, the sum of each numeric column, and for each other column and for
whole rows the sum of the CRC-32 of their text, which both sides work out where the rows are.

Prints each difference and exits with 1 when there is one.
"""

import sqlite3
import sys
from decimal import Decimal
from zlib import crc32

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as f
from pyspark.sql.types import NumericType
from rows import MODELS, cell, differing, offline_table

SEPARATOR = "|"


def rows_of(frame: DataFrame) -> tuple[list[str], list[tuple[str, ...]]]:
    return frame.columns, sorted(tuple(cell(value) for value in row) for row in frame.collect())


def sums_of(frame: DataFrame) -> dict[str, str]:
    """The sums as Spark's executors work them out."""
    numeric = {field.name for field in frame.schema.fields if isinstance(field.dataType, NumericType)}
    texts = [f.coalesce(f.col(name).cast("string"), f.lit("None")) for name in frame.columns]
    sums = [
        (f.sum(name) if name in numeric else f.sum(f.crc32(text))).alias(name)
        for name, text in zip(frame.columns, texts)
    ]
    whole = f.sum(f.crc32(f.concat_ws(SEPARATOR, *texts)))
    found = frame.agg(f.count("*").alias("rows"), *sums, whole.alias("whole rows")).first().asDict()
    return {name: cell(value) for name, value in found.items()}


def offline_sums(path: str, model: str, numeric: set[str]) -> dict[str, str]:
    cursor = sqlite3.connect(path).execute(f'select * from "{model}"')
    names = [column[0] for column in cursor.description]
    sums = {name: Decimal(0) for name in names}
    count = whole = 0
    for row in cursor:
        texts = [cell(value) for value in row]
        count += 1
        whole += crc32(SEPARATOR.join(texts).encode())
        for name, value, text in zip(names, row, texts):
            if name not in numeric:
                sums[name] += crc32(text.encode())
            elif value is not None:
                sums[name] += Decimal(text)
    return {"rows": str(count), **{name: str(value) for name, value in sums.items()}, "whole rows": str(whole)}


def differing_sums(spark: SparkSession, offline: str, schema: str) -> list[str]:
    differences = []
    for model in MODELS:
        frame = spark.table(f"{schema}.{model}")
        numeric = {field.name for field in frame.schema.fields if isinstance(field.dataType, NumericType)}
        there = sums_of(frame)
        here = offline_sums(offline, model, numeric)
        print(f"{model}: {here['rows']} rows, Spark {there['rows']}; " + ", ".join(f"{k} {v}" for k, v in there.items()))
        if here["rows"] == "0":
            differences.append(f"{model}: there are no rows")
        differences += [
            f"{model}: {name} is {here.get(name)}, on Spark {there.get(name)}"
            for name in {**here, **there}
            if here.get(name) != there.get(name)
        ]
    return differences


def main(how: str, offline: str, schema: str) -> int:
    spark = SparkSession.builder.enableHiveSupport().getOrCreate()
    try:
        if how == "sums":
            found = differing_sums(spark, offline, schema)
        else:
            found = differing(
                MODELS,
                lambda model: offline_table(offline, model),
                lambda model: rows_of(spark.table(f"{schema}.{model}")),
                "Spark",
            )
        # The driver is one of those that hold memory.
        executors = spark.sparkContext._jsc.sc().getExecutorMemoryStatus().size() - 1
        print(f"Spark {spark.version} with {executors} executors")
        if executors < 2:
            found.append("the work is not spread over executors")
    finally:
        spark.stop()
    for difference in found:
        print(difference)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
