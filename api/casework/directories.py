"""What is kept already, found as a list from another system names it."""

from collections import defaultdict
from collections.abc import Hashable, Iterable

from api.domain.identity import address_key, said_key
from api.domain.records import EmployerRecord, JobOrderRecord
from geo import Refused
from geo.errors import N_
from geo.names import fold


class _Shelf:
    """Employers under a word that may change, such as their firm's number; none stands under an empty one."""

    def __init__(self) -> None:
        """Nobody stands here yet."""
        self._under: defaultdict[str, dict[str, EmployerRecord]] = defaultdict(dict)
        self._word_of: dict[str, str] = {}

    def put(self, word: str, employer: EmployerRecord) -> None:
        """Let an employer stand under a word, and nowhere else."""
        self._under[self._word_of.get(employer.id, "")].pop(employer.id, None)
        self._word_of[employer.id] = word
        if word:
            self._under[word][employer.id] = employer

    def under(self, word: str) -> list[EmployerRecord]:
        """Who stands under a word."""
        return list(self._under.get(word, {}).values())


class Directory:
    """The employers of a municipality."""

    def __init__(self, known: Iterable[EmployerRecord]) -> None:
        """`known` are all workplaces that are kept."""
        self._by_p_number: dict[str, EmployerRecord] = {}
        self._by_cvr = _Shelf()
        self._by_name = _Shelf()
        for employer in known:
            self.put(employer)

    def put(self, employer: EmployerRecord) -> None:
        """Let an employer be found, in the place of what was known of it before."""
        if employer.p_number:
            self._by_p_number[employer.p_number] = employer
        # a workplace keeps its P-number when another firm takes it over
        self._by_cvr.put(employer.cvr, employer)
        self._by_name.put(fold(employer.name), employer)

    def find(self, cvr: str, p_number: str, name: str = "") -> EmployerRecord:
        """The workplace of a P-number, else the only one of a CVR number, else the only one of a name.

        Raises `Refused` where there is none or several.
        """
        remedy = N_("Import the employers first, or correct the number.")
        if p_number:
            if p_number not in self._by_p_number:
                problem = N_("There is no employer with P-number {value}.")
                raise Refused("p_number", problem, remedy, value=p_number)
            return _belonging(self._by_p_number[p_number], cvr)
        if not cvr:
            return self._named(name)
        workplaces = self._by_cvr.under(cvr)
        if not workplaces:
            raise Refused("cvr", N_("There is no employer with CVR number {value}."), remedy, value=cvr)
        if len(workplaces) > 1:
            problem = N_("CVR number {value} has {count} workplaces here.")
            say_which = N_("Give the P-number of the one that is meant.")
            raise Refused("cvr", problem, say_which, value=cvr, count=len(workplaces))
        return workplaces[0]

    def same_as(self, told: EmployerRecord) -> EmployerRecord | None:
        """The same workplace: by P-number, else by CVR number and address, else by name and address.

        None when it is new. A list may leave out the P-number or the address that another one had. Two
        P-numbers are two workplaces; several of one firm at one address are told apart by their names, and
        of those with the same name the first is meant, so that nobody is added twice.
        """
        if told.p_number in self._by_p_number:
            return self._by_p_number[told.p_number]
        firm = self._by_cvr.under(told.cvr)
        possible = [one for one in firm if not (told.p_number and one.p_number)]
        here = address_key(told.place)
        same = [one for one in possible if address_key(one.place) == here]
        alike = same or [one for one in possible if not here or not address_key(one.place)]
        if len(alike) > 1:
            alike = [one for one in alike if fold(one.name) == fold(told.name)]
        return alike[0] if alike else self._same_name_as(told)

    def _same_name_as(self, told: EmployerRecord) -> EmployerRecord | None:
        """The same workplace where the list or what is kept has no number of it.

        Of a name that stands at one place only, either may leave the address out. Whoever gets a number
        later is known again where name and address are the same.
        """
        named = [
            one for one in self._by_name.under(fold(told.name)) if not (told.is_numbered and one.is_numbered)
        ]
        here = address_key(told.place)
        same = [one for one in named if address_key(one.place) == here]
        if told.is_numbered:
            return same[0] if same and here else None
        vague = [one for one in named if not here or not address_key(one.place)]
        return same[0] if same else vague[0] if len(vague) == 1 else None

    def _named(self, name: str) -> EmployerRecord:
        named = self._by_name.under(fold(name))
        if len(named) == 1:
            return named[0]
        remedy = N_("Write the P-number of the workplace, or the CVR number.")
        if named:
            problem = N_("The name {value!r} has {count} workplaces here.")
            raise Refused("employer_name", problem, remedy, value=name, count=len(named))
        raise Refused("employer_name", N_("There is no employer named {value!r}."), remedy, value=name)


class Orders:
    """The job orders of a municipality."""

    def __init__(self, known: Iterable[JobOrderRecord]) -> None:
        """`known` are all orders that are kept."""
        self._by_reference: dict[str, JobOrderRecord] = {}
        self._by_words: dict[Hashable, JobOrderRecord] = {}
        for order in known:
            self.put(order)

    def put(self, order: JobOrderRecord) -> None:
        """Let an order be found, in the place of what was known of it before."""
        if order.reference:
            self._by_reference[order.reference] = order
        self._by_words[said_key(order)] = order

    def same_as(self, told: JobOrderRecord) -> JobOrderRecord | None:
        """The same order: by its number, else by what was said and when; two numbers are two orders."""
        if told.reference in self._by_reference:
            return self._by_reference[told.reference]
        found = self._by_words.get(said_key(told))
        return None if found and told.reference and found.reference else found


def _belonging(employer: EmployerRecord, cvr: str) -> EmployerRecord:
    if cvr and employer.cvr and cvr != employer.cvr:
        problem = N_("P-number {value} belongs to CVR number {other}.")
        remedy = N_("Correct one of the two, or clear one.")
        raise Refused("p_number", problem, remedy, value=employer.p_number, other=employer.cvr)
    return employer
