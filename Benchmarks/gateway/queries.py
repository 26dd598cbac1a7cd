"""What is asked: each query with its variables, and the mutation with many of them."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

import tokens

DOCUMENTS = Path(__file__).resolve().parent / "documents"

RATINGS = 1024


@dataclass
class Ask:
    """One request."""

    body: str
    viewer: int | None = None
    authorization: str | None = None

    @property
    def field(self):
        """The header that says who asks, if any does."""
        if self.authorization is not None:
            return "Authorization", self.authorization
        return ("Marquee-Viewer", str(self.viewer)) if self.viewer is not None else None


@dataclass
class Query:
    name: str
    title: str
    asks: list  # loaded in turn
    variables: dict  # for pgbench: how a number of the first request varies
    account: int | None = None  # who signs in for it

    @property
    def writes(self):
        return bool(self.variables)

    def sign(self, cluster):
        """Gives it a token that is good for as long as it is measured."""
        if self.account is not None:
            header = tokens.authorization(cluster, self.account)
            for ask in self.asks:
                ask.authorization = header


def queries(cluster):
    """All queries, about what the database holds; what they rate can be seen by everybody."""
    popular = [
        int(id) for id, in cluster.sql(
            "SELECT id FROM movie WHERE visibility = 'PUBLIC'"
            " ORDER BY review_count DESC, id LIMIT 3")]
    ids = [f"movie-{number}" for number in popular]
    return [
        single("list", "50 movies", first=50),
        single("nested", "20 movies × 5 reviews, people, pictures", movies=20, reviews=5),
        signed("nested", "nested, by somebody who has signed in", account=80, movies=20, reviews=5),
        single("detail", "one movie and 20 reviews", id=ids[0]),
        single("wide", "10 aliased roots", first=5, one=ids[0], two=ids[1], three=ids[2]),
        ratings(cluster)]


def single(name, title, **variables):
    return Query(name, title, [Ask(body(name, variables))], {})


def signed(name, title, account, **variables):
    return Query("signed", title, [Ask(body(name, variables))], {}, account)


def body(name, variables):
    document = (DOCUMENTS / f"{name}.graphql").read_text()
    # As clients send it: without what only people need.
    text = re.sub(r"\s+", " ", document).strip()
    return json.dumps({"query": text, "variables": variables}, separators=(",", ":"))


def rating(index):
    """The movie, the account and the stars of a rating, all different; pgbench does the same."""
    return 4000 + index * 7 % 16_000, 80 + index * 3 % 9_000, 1 + index % 5


def ratings(cluster):
    asks = []
    for index in range(RATINGS):
        movie, account, stars = rating(index)
        asks.append(Ask(body("rate", {"movie": f"movie-{movie}", "value": stars}), account))
    rate_once(cluster)
    movie, account, stars = rating(0)
    return Query("rate", "rating a movie", asks, {
        str(movie): "4000 + (:index * 7) % 16000",
        str(account): "80 + (:index * 3) % 9000",
        str(stars): "1 + :index % 5"})


def rate_once(cluster):
    """Every rating is there before the first round, so that all sides change as many rows."""
    values = ",".join(str(rating(index)) for index in range(RATINGS))
    cluster.sql(f"""
        CREATE TEMPORARY TABLE given (movie, account, stars) AS
            SELECT * FROM (VALUES {values}) AS given (movie, account, stars);
        UPDATE movie SET visibility = 'PUBLIC'
        WHERE id IN (SELECT movie FROM given) AND visibility <> 'PUBLIC';
        INSERT INTO rating (movie_id, account_id, value) SELECT * FROM given
        ON CONFLICT (movie_id, account_id) DO UPDATE SET value = excluded.value;
        UPDATE movie SET (rating_sum, rating_count) =
            (SELECT sum(value), count(*) FROM rating WHERE movie_id = movie.id)
        WHERE id IN (SELECT movie FROM given)""")
    cluster.sql("VACUUM (FREEZE, ANALYZE)")
