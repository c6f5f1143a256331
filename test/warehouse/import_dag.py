"""Imports the DAGs of a folder as Airflow's DAG processor does.

usage: python import_dag.py FOLDER

Prints each DAG with its tasks and what they wait for; exits with 1 on an error, on a warning of a DAG's file, or when
there is no DAG.
"""

import sys
import warnings
from pathlib import Path

try:  # Airflow 3
    from airflow.dag_processing.dagbag import DagBag
except ImportError:  # Airflow 2
    from airflow.models.dagbag import DagBag


def main(folder: str) -> int:
    # DagBag collects warnings as it imports, but leaves to the filters which of them there are.
    warnings.simplefilter("always")
    bag = DagBag(folder)
    faults = [f"{file}: {error}" for file, error in bag.import_errors.items()]
    # Airflow's own files warn of each other; what counts are lines of the DAG's file.
    for file, messages in bag.captured_warnings.items():
        faults += [one for one in messages if f"{Path(file).name}:" in one]
    for dag in bag.dags.values():
        tasks = [
            f"{task.task_id} after {', '.join(sorted(task.upstream_task_ids))}" if task.upstream_task_ids else task.task_id
            for task in dag.topological_sort()
        ]
        print(f"{dag.dag_id}: {'; '.join(tasks)}")
    for fault in faults:
        print(fault)
    return 1 if faults or not bag.dags else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
