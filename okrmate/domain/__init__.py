"""What mentoring with OKRs is: values in, values out; nothing here asks the time or touches the world."""
