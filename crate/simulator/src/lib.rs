//! A synthetic Flyte on a virtual clock: exposes the metrics that flytepropeller would, together with the truth about every execution.
