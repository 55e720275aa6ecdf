{{ staged_trips('fhv') }}
