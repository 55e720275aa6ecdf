{{ staged_trips('fhvhv') }}
