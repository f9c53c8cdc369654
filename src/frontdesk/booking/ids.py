"""Numbers of the salon's journal, one type each so that none is passed for another."""

from typing import NewType

SalonId = NewType("SalonId", int)
MasterId = NewType("MasterId", int)
ServiceId = NewType("ServiceId", int)
ClientId = NewType("ClientId", int)
AppointmentId = NewType("AppointmentId", int)
VisitId = NewType("VisitId", int)

Phone = NewType("Phone", str)
"""Digits only, E.164: `79161234567`."""
