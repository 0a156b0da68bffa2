"""Boosted trees, and how they are written as flat arrays."""

from __future__ import annotations

import lightgbm
import numpy as np

SETTINGS = {
    "objective": "binary",
    "num_leaves": 24,
    "learning_rate": 0.11,
    "min_data_in_leaf": 40,
    "lambda_l2": 5.0,
    "max_bin": 63,
    "feature_fraction": 0.4,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "seed": 12,
    "num_threads": 1,
    "deterministic": True,
    "force_row_wise": True,
    "verbose": -1,
}


def forest(rows, right, rounds, **other):
    """Return trees that tell how likely a row is right."""
    data = lightgbm.Dataset(rows, right)
    return lightgbm.train({**SETTINGS, **other}, data, num_boost_round=rounds)


def grown(model, name):
    """Return the trees of a model as flat arrays; a leaf points to itself."""
    roots, column, cut, left, right, value, deepest = [], [], [], [], [], [], 0

    def add(node, depth):
        nonlocal deepest
        at = len(column)
        deepest = max(deepest, depth)
        for each in (column, cut, left, right, value):
            each.append(0)
        if "leaf_value" in node and "split_feature" not in node:
            column[at], left[at], right[at] = 0, at, at
            value[at] = node["leaf_value"]
            return at
        column[at], cut[at] = node["split_feature"], node["threshold"]
        left[at] = add(node["left_child"], depth + 1)
        right[at] = add(node["right_child"], depth + 1)
        return at

    for tree in model.dump_model()["tree_info"]:
        roots.append(add(tree["tree_structure"], 0))
    whole = {"roots": roots, "column": column, "left": left, "right": right}
    made = {key: np.array(v, np.int32) for key, v in whole.items()}
    made |= {"cut": np.array(cut, np.float32), "value": np.array(value, np.float32)}
    made["depth"] = np.array(deepest)
    return {f"{name}_{key}": v for key, v in made.items()}
