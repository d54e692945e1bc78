"""Charts as plain SVG numbers. All positions are percentages of the plot, so one
drawing serves a phone, a desk and paper, and text keeps its CSS size."""


def pct(v, lo, hi):
    return round(100 * (v - lo) / (hi - lo), 2)


def step_path(rows, col, xmax, ymin, close=None):
    """'d' for a step line (or a band, when close is the lower column) in a 0..100 box."""

    def y(v):
        return round(100 - pct(v, ymin, 1), 2)

    d, prev = [], None
    for r in rows:
        x = pct(r[0], 0, xmax)
        if prev is not None and r[col] != prev:
            d.append(f"H{x}V{y(r[col])}")
        elif prev is None:
            d.append(f"M{x} {y(r[col])}")
        prev = r[col]
    d.append(f"H{pct(rows[-1][0], 0, xmax)}")
    if close is None:
        return "".join(d)
    back = list(reversed(rows))
    d.append(f"V{y(back[0][close])}")
    for a, b in zip(back, back[1:]):
        if a[close] != b[close]:
            d.append(f"H{pct(a[0], 0, xmax)}V{y(b[close])}")
    d.append("H0Z")
    return "".join(d)


def survival(series, xmax=48, ymin=0.5, at=24):
    out = []
    for name, rows, cls, dash in series:
        out.append(
            {
                "name": name,
                "cls": cls,
                "dash": dash,
                "line": step_path(rows, 1, xmax, ymin),
                "band": step_path(rows, 3, xmax, ymin, close=2),
                "end_y": round(100 - pct(rows[-1][1], ymin, 1), 2),
                "end": round(rows[-1][1] * 100),
                "at": round(rows[at][1] * 100),
                "at_y": round(100 - pct(rows[at][1], ymin, 1), 2),
                "rows": [
                    {"m": m, "s": round(100 * s), "lo": round(100 * lo), "hi": round(100 * hi), "n": n}
                    for m, s, lo, hi, n in rows
                ],
            }
        )
    # keep the two end labels at least 16 points of a 100-point axis apart
    ys = sorted(out, key=lambda s: s["end_y"])
    for s in out:
        s["label_y"] = s["end_y"]
    if len(ys) == 2 and ys[1]["end_y"] - ys[0]["end_y"] < 20:
        mid = (ys[0]["end_y"] + ys[1]["end_y"]) / 2
        ys[0]["label_y"], ys[1]["label_y"] = round(mid - 10, 2), round(mid + 10, 2)
    return {
        "series": out,
        "at": at,
        "at_x": pct(at, 0, xmax),
        "xmax": xmax,
        "ymin": ymin,
        "xt": [{"v": v, "x": pct(v, 0, xmax), "minor": v % 12 != 0} for v in range(0, xmax + 1, 6)],
        "yt": [{"v": round(v * 100), "y": round(100 - pct(v, ymin, 1), 2)} for v in (1, 0.9, 0.8, 0.7, 0.6, 0.5)],
        "table": [{"m": m, "cells": [s["rows"][m] for s in out]} for m in range(0, xmax + 1, 6)],
        "data": [[[r["s"], r["lo"], r["hi"], r["n"]] for r in s["rows"]] for s in out],
    }


def forest(items, lo=-10, hi=20):
    for it in items:
        e, a, b = it["est"]
        it.update(
            txt=[f"{'+' if v > 0 and i == 0 else ''}{v:.0f}".replace("-", "\u2212") for i, v in enumerate((e, a, b))],
            x=pct(e, lo, hi),
            x1=pct(a, lo, hi),
            x2=pct(b, lo, hi),
            w=pct(b, lo, hi) - pct(a, lo, hi),
            up=a > 0,
        )
    return {"items": items, "zero": pct(0, lo, hi), "ten": pct(10, lo, hi)}


def heat_class(v):
    return "hx" if v is None else f"h{min(5, int((v - 1) / 0.65))}"
