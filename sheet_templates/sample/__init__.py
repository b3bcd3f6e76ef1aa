"""A believable plan of a small business, plainly named a sample: for the demo and `init --sample`."""

from sheet_templates.sample.plan import SamplePlan, sample_plan

__all__ = ["SamplePlan", "sample_plan"]
