"""The web page: rendering only. Gradio is imported in this package and nowhere else."""

import os

# Read by Gradio: no telemetry, no version check, no recorded runs, and no statistics of its own,
# which would go through all events so far after each answer.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["GRADIO_RUN_HISTORY"] = "False"
os.environ["GRADIO_ANALYTICS_MAX_EVENTS"] = "1"
os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = str(10**9)
