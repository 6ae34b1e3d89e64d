"""The rules of mentoring with OKRs, each tried as values in and values out."""
