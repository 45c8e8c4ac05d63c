"""Credit ratings of customers, and the schema that they are asked by."""

import hashlib
from decimal import Decimal
from pathlib import Path

from execute import Argument, Field, Unanswered, list_of, read_id, read_int, read_string

SDL = (Path(__file__).parent / "schema.graphql").read_text(encoding="utf-8")
GRADES = [("AAA", 740), ("BBB", 600), ("CCC", 450), ("D", 300)]
YUAN_FOR = {"CNY": Decimal(1), "EUR": Decimal("7.8"), "USD": Decimal("7.2")}


def score_of(customer_id):
    """From 300 to 850: the same for the same id, as if it came of a history of payments."""
    return 300 + int.from_bytes(hashlib.sha256(customer_id.encode()).digest()[:4]) % 551


def customers(_, ids):
    # What is no id of a customer is unknown. The order is that of the ids.
    return [{"id": one, "score": score_of(one)} if one.startswith("cus_") else None for one in ids]


def limit(customer, currency):
    if currency not in YUAN_FOR:
        raise Unanswered(f"currency is {currency}; {', '.join(sorted(YUAN_FOR))} are known.")
    yuan = Decimal((customer["score"] - 300) * 1000)
    return str((yuan / YUAN_FOR[currency]).quantize(Decimal("0.01")))


def scale(_, first):
    if not 1 <= first <= 10:
        raise Unanswered(f"first is {first}; from 1 to 10 is allowed.")
    return [grade for grade, _ in GRADES][:first]


SCHEMA = {
    "Query": {
        "_service": Field(lambda _: {}, "_Service"),
        "creditRatingCustomers": Field(customers, "Customer", {"ids": Argument(list_of(read_id))}),
        "creditRatingScale": Field(scale, arguments={"first": Argument(read_int, default=10)}),
    },
    "_Service": {"sdl": Field(lambda _: SDL)},
    "Customer": {
        "id": Field(lambda customer: customer["id"]),
        "creditRating": Field(lambda customer: customer, "CreditRating"),
    },
    "CreditRating": {
        "grade": Field(lambda customer: next(grade for grade, least in GRADES if customer["score"] >= least)),
        "score": Field(lambda customer: customer["score"]),
        "limit": Field(limit, arguments={"currency": Argument(read_string, default="CNY")}),
    },
}
