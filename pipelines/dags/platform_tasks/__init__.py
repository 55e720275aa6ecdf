"""Operators of the platform's DAGs, made by one factory: the only place that knows where the work runs."""
