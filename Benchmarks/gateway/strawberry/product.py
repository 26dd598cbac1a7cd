"""The part of the product's schema that the queries use, in Strawberry."""

import enum
import struct
from typing import NewType, Optional

import strawberry
from strawberry.dataloader import DataLoader
from strawberry.schema.config import StrawberryConfig

import statements

Date = NewType("Date", object)
DateTime = NewType("DateTime", object)
# A Float but for how it is written: Strawberry's own leaves a fraction of zero.
Mean = NewType("Mean", float)

MovieSort = strawberry.enum(
    enum.Enum("MovieSort", {name: name for name in statements.ORDERS}))
Visibility = strawberry.enum(
    enum.Enum("Visibility", {name: name for name in ("PUBLIC", "UNLISTED", "PRIVATE")}))


class Context:
    """The loaders of one request."""

    def __init__(self, pool, viewer):
        self.pool = pool
        self.viewer = viewer
        self.movies = DataLoader(self.load(Movie.of, statements.MOVIES, viewer))
        self.users = DataLoader(self.load(User.of, statements.USERS))
        self.media = DataLoader(self.load(Media.of, statements.MEDIA))
        self.categories_of_movies = DataLoader(
            self.load_groups(Category.of, statements.CATEGORIES_OF_MOVIES))
        self.review_pages = {}

    def load(self, make, statement, *rest):
        async def load(keys):
            rows = await self.pool.fetch(statement, keys, *rest)
            found = {row[0]: make(row) for row in rows}
            return [found.get(key) for key in keys]

        return load

    def load_groups(self, make, statement, *rest):
        async def load(keys):
            groups = {key: [] for key in keys}
            for row in await self.pool.fetch(statement, keys, *rest):
                groups[row["movie_id"]].append(make(row))
            return list(groups.values())

        return load

    def reviews(self, count):
        loader = self.review_pages.get(count)
        if loader is None:
            loader = self.review_pages[count] = DataLoader(
                self.load_groups(Review.of, statements.REVIEWS_OF_MOVIES, count + 1))
        return loader


@strawberry.type
class PageInfo:
    has_next_page: bool
    end_cursor: Optional[str]


@strawberry.type
class Category:
    id: strawberry.ID
    name: str

    @staticmethod
    def of(row):
        return Category(id=f"category-{row[0]}", name=row[1])


@strawberry.type
class Media:
    id: strawberry.ID
    url: str
    width: int
    height: int
    blurhash: str

    @staticmethod
    def of(row):
        return Media(
            id=f"media-{row[0]}", url=f"/media/{row[0]}", width=row[1], height=row[2],
            blurhash=row[3])


def picture(attribute):
    """A field that loads the picture whose key stands in the attribute."""

    async def load(self, info: strawberry.Info) -> Optional[Media]:
        key = getattr(self, attribute)
        return None if key is None else await info.context.media.load(key)

    return strawberry.field(resolver=load)


@strawberry.type
class User:
    id: strawberry.ID
    name: str
    avatar_id: strawberry.Private[object]
    avatar: Optional[Media] = picture("avatar_id")

    @staticmethod
    def of(row):
        return User(id=f"user-{row[0]}", name=row[1], avatar_id=row[2])


@strawberry.type
class Review:
    id: strawberry.ID
    text: str
    helpful_count: int
    created_at: DateTime
    author_key: strawberry.Private[int]

    @staticmethod
    def of(row):
        return Review(
            id=f"review-{row[0]}", author_key=row[2], text=row[3], helpful_count=row[4],
            created_at=row[5])

    @strawberry.field
    async def author(self, info: strawberry.Info) -> User:
        return await info.context.users.load(self.author_key)


@strawberry.type
class ReviewConnection:
    nodes: list[Review]
    page_info: PageInfo


@strawberry.type
class Movie:
    key: strawberry.Private[int]
    id: strawberry.ID
    title: str
    synopsis: str
    release_date: Date
    year: int
    duration_seconds: int
    visibility: Visibility
    average_rating: Mean
    rating_count: int
    review_count: int
    poster_id: strawberry.Private[object]
    thumbnail_id: strawberry.Private[object]
    backdrop_id: strawberry.Private[object]
    uploader_key: strawberry.Private[int]
    poster: Optional[Media] = picture("poster_id")
    thumbnail: Optional[Media] = picture("thumbnail_id")
    backdrop: Optional[Media] = picture("backdrop_id")

    @staticmethod
    def of(row):
        return Movie(
            key=row[0], id=f"movie-{row[0]}", title=row[1], synopsis=row[2], release_date=row[3],
            year=row[3].year, duration_seconds=row[4], visibility=Visibility[row[5]],
            average_rating=row[6], rating_count=row[7], review_count=row[8], poster_id=row[9],
            thumbnail_id=row[10], backdrop_id=row[11], uploader_key=row[12])

    @strawberry.field
    async def categories(self, info: strawberry.Info) -> list[Category]:
        return await info.context.categories_of_movies.load(self.key)

    @strawberry.field
    async def uploader(self, info: strawberry.Info) -> User:
        return await info.context.users.load(self.uploader_key)

    @strawberry.field
    async def reviews(self, info: strawberry.Info, first: int = 5) -> ReviewConnection:
        rows = await info.context.reviews(first).load(self.key)
        return ReviewConnection(
            nodes=rows[:first],
            page_info=PageInfo(has_next_page=len(rows) > first, end_cursor=None))


@strawberry.type
class MovieConnection:
    nodes: list[Movie]
    has_next_page: strawberry.Private[bool]

    @strawberry.field
    def page_info(self) -> PageInfo:
        """The cursor is that of the order TOP, as the product writes it."""
        cursor = None
        if self.nodes:
            last = self.nodes[-1]
            stars, = struct.unpack("q", struct.pack("d", last.average_rating))
            cursor = f"TOP.{stars}.{last.rating_count}.{last.key}"
        return PageInfo(has_next_page=self.has_next_page, end_cursor=cursor)


@strawberry.type
class RateMoviePayload:
    movie: Movie
    value: int


def key_of(id, kind):
    prefix, _, digits = id.partition("-")
    return int(digits) if prefix == kind and digits.isdecimal() else None


@strawberry.type
class Query:
    @strawberry.field
    async def movie(self, info: strawberry.Info, id: strawberry.ID) -> Optional[Movie]:
        key = key_of(id, "movie")
        return None if key is None else await info.context.movies.load(key)

    @strawberry.field
    async def movies(
        self, info: strawberry.Info, first: int = 20, sort: MovieSort = MovieSort.TOP
    ) -> MovieConnection:
        if not 1 <= first <= 100:
            raise ValueError(f"first has to be from 1 to 100; it is {first}.")
        rows = await info.context.pool.fetch(statements.MOVIES_IN_ORDER[sort.value], first + 1)
        return MovieConnection(
            nodes=[Movie.of(row) for row in rows[:first]], has_next_page=len(rows) > first)

    @strawberry.field
    async def categories(self, info: strawberry.Info) -> list[Category]:
        return [Category.of(row) for row in await info.context.pool.fetch(statements.CATEGORIES)]


@strawberry.type
class Mutation:
    @strawberry.mutation
    async def rate_movie(
        self, info: strawberry.Info, movie_id: strawberry.ID, value: int
    ) -> RateMoviePayload:
        viewer, movie = info.context.viewer, key_of(movie_id, "movie")
        if viewer is None:
            raise PermissionError("Sign in to do this.")
        if not 1 <= value <= 5:
            raise ValueError(f"value has to be from 1 to 5; it is {value}.")
        async with info.context.pool.acquire() as connection, connection.transaction():
            await connection.execute(statements.LOCK_MOVIE, movie)
            row = await connection.fetchrow(statements.RATE_MOVIE, movie, viewer, value)
        if row is None:
            raise LookupError("There is no such movie, or you may not see it.")
        return RateMoviePayload(movie=Movie.of(row), value=value)


def whole(value):
    """A number as JavaScript writes it: without a fraction that is zero."""
    return int(value) if value.is_integer() else value


def moment(value):
    return value.strftime("%Y-%m-%dT%H:%M:%S.") + f"{value.microsecond // 1000:03}Z"


SCALARS = {
    Mean: strawberry.scalar(name="Mean", serialize=whole),
    Date: strawberry.scalar(name="Date", serialize=lambda day: day.isoformat()),
    DateTime: strawberry.scalar(name="DateTime", serialize=moment),
}

CONFIG = StrawberryConfig(scalar_map=SCALARS)
