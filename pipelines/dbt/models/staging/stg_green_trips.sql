{{ staged_trips('green') }}
