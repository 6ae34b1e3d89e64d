"""What the screens are put together from: lists of lines, header and footer, sheets, the chart."""
