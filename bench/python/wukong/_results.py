"""Results as lists of dicts and as pandas DataFrames."""
from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Any, Iterable, Mapping, Union


def _flat(document: Mapping[str, Any], path: str = "") -> dict:
    row = {}
    for key, value in document.items():
        if isinstance(value, Mapping):
            row.update(_flat(value, f"{path}{key}."))
        elif not isinstance(value, list):
            row[path + key] = value
    return row


def read_results(file: Union[str, "os.PathLike[str]"], query: str = "SELECT * FROM results") -> list[dict]:
    """The rows of a results file (study.db): a dict for each run of the sweep that was added last, with
    the axes and the metrics by name (docs/metrics.md has their units). `query` is any SQL statement that
    reads. Raises FileNotFoundError, or sqlite3.Error for a file or a statement that is wrong."""
    path = Path(file)
    if not path.is_file():
        raise FileNotFoundError(f"no results file {path}")
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    try:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(query)]
    finally:
        connection.close()


def frame(results: Union[Mapping[str, Any], Iterable[Mapping[str, Any]]]):
    """A pandas DataFrame: of a result document, a row for each run, whose columns are the paths of its
    numbers and texts (`makespan_s`, `cost_usd.total`); of rows, these. Raises ImportError without
    pandas."""
    import pandas
    rows = results["runs"] if isinstance(results, Mapping) else results
    return pandas.DataFrame([_flat(row) for row in rows])
