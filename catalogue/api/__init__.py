"""What every list and every object of the API has in common: parameters, cursor, CSV, refusals, provenance.

`liste.Liste` answers a list; an app's `api.py` names what is listed, in which order, and how an object is written.
Parameters are read here rather than by django-ninja, whose refusals are in English and which lets unknown names pass;
django-ninja routes, checks what is answered and publishes the schema.
"""
