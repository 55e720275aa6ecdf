{{ staged_trips('yellow') }}
