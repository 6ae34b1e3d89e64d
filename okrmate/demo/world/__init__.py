"""The small world of the demo: four people at different steps, with fourteen weeks behind them."""
