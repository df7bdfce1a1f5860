"""Faults that a test orders: the next calls of a method fail, hang, break off or come late."""

from dataclasses import dataclass, field

from bot.adapters.playground.checks import Refusal

ANY = "*"


@dataclass(slots=True)
class Fault:
    """One disturbance. `taken`: the call does its work before its answer is lost or late."""

    kind: str
    times: int
    taken: bool = True
    seconds: float = 0.0
    refusal: Refusal | None = None


@dataclass(slots=True)
class Faults:
    _planned: dict[str, list[Fault]] = field(default_factory=dict)

    def plan(self, method: str, fault: Fault) -> None:
        self._planned.setdefault(method.lower(), []).append(fault)

    def next_for(self, method: str) -> Fault | None:
        """The fault that strikes this call, one time less from now on."""
        if not self._planned:
            return None
        for name in (method.lower(), ANY):
            if waiting := self._planned.get(name):
                fault = waiting[0]
                fault.times -= 1
                if fault.times <= 0:
                    waiting.pop(0)
                return fault
        return None

    def clear(self) -> None:
        self._planned.clear()
