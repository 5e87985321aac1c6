"""One suite for every store: the fake in memory, SQLite and a real PostgreSQL."""

import multiprocessing
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import inspect, text
from sqlalchemy.exc import SQLAlchemyError

from bot.conversations import Conversation, ConversationStore, Exchange
from bot.errors import DatabaseError
from bot.migrations import migrate
from bot.sql_conversations import Base, SqlConversationStore, build_engine
from tests.fakes import InMemoryConversations, an_answer

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ConversationStore]:
    if request.param == "memory":
        yield InMemoryConversations()
        return
    is_sqlite = request.param == "sqlite"
    url = f"sqlite:///{tmp_path}/t.db" if is_sqlite else request.getfixturevalue("postgres_url")
    engine = build_engine(url)
    migrate(engine)
    opened = SqlConversationStore(engine)
    yield opened
    with engine.begin() as connection:
        for table in reversed(Base.metadata.sorted_tables):
            connection.execute(table.delete())
    opened.close()


def start(store: ConversationStore, name: str = "c1", hours: int = 24) -> Conversation:
    conversation = Conversation(name, "cy", "wales", NOW, NOW + timedelta(hours=hours))
    store.create(conversation, f"digest-{name}")
    return conversation


def test_a_conversation_is_found_with_its_token_only(store: ConversationStore) -> None:
    conversation = start(store)

    assert store.find("c1", "digest-c1", LATER) == conversation
    assert store.find("c1", "other", LATER) is None
    assert store.find("c2", "digest-c1", LATER) is None


def test_an_expired_conversation_is_not_found_and_is_purged(store: ConversationStore) -> None:
    start(store, "old", hours=1)
    start(store, "new")
    store.append("old", Exchange(an_answer(answer_id="a1"), NOW))

    assert store.find("old", "digest-old", LATER) is None
    assert store.purge(LATER) == 1
    assert store.exchanges("old") == []
    assert store.find("new", "digest-new", LATER) is not None


def test_exchanges_come_back_whole_and_in_order(store: ConversationStore) -> None:
    start(store)
    first = Exchange(an_answer("Un? 🏴󠁧󠁢󠁷󠁬󠁳󠁿", answer_id="a1"), NOW, "key", "digest")
    second = Exchange(an_answer("Two?", answer_id="a2"), LATER)

    assert store.append("c1", first)
    assert store.append("c1", second)

    assert store.exchanges("c1") == [first, second]


def test_erasing_leaves_nothing(store: ConversationStore) -> None:
    start(store)
    store.append("c1", Exchange(an_answer(answer_id="a1"), NOW))

    store.erase("c1")

    assert store.find("c1", "digest-c1", NOW) is None
    assert store.exchanges("c1") == []
    assert not store.add_feedback("a1", useful=True, reason="", comment="", now=NOW)
    store.erase("c1")


def test_an_answer_that_comes_after_the_erasure_is_not_kept(store: ConversationStore) -> None:
    start(store)
    store.erase("c1")

    assert not store.append("c1", Exchange(an_answer(answer_id="a1"), NOW))
    assert store.exchanges("c1") == []


def test_feedback_needs_a_known_answer_and_replaces_earlier_feedback(
    store: ConversationStore,
) -> None:
    store.note_answer(an_answer(answer_id="a1"), NOW)

    assert store.add_feedback("a1", useful=True, reason="", comment="", now=NOW)
    assert store.add_feedback("a1", useful=False, reason="wrong", comment="no", now=LATER)
    assert not store.add_feedback("none", useful=True, reason="", comment="", now=NOW)


def test_a_store_that_works_passes_its_check_and_goes_on_working(store: ConversationStore) -> None:
    store.check()

    conversation = start(store)
    assert store.find("c1", "digest-c1", LATER) == conversation


@pytest.mark.parametrize("url", ["sqlite:///{}", "postgresql+psycopg://u@127.0.0.1:1/t"])
def test_a_store_that_cannot_be_reached_fails_its_check(url: str, tmp_path: Path) -> None:
    store = SqlConversationStore(build_engine(url.format(tmp_path)))

    with pytest.raises(SQLAlchemyError):
        store.check()
    store.close()


def test_erased_words_are_gone_from_the_file(tmp_path: Path) -> None:
    engine = build_engine(f"sqlite:///{tmp_path}/t.db")
    migrate(engine)
    store = SqlConversationStore(engine)
    start(store)
    store.append("c1", Exchange(an_answer("a very peculiar question", answer_id="a1"), NOW))

    store.erase("c1")

    assert b"peculiar" not in b"".join(p.read_bytes() for p in tmp_path.glob("t.db*"))
    store.close()


@pytest.mark.parametrize("database", ["sqlite", "postgres"])
def test_migrations_make_the_tables_of_this_release_and_can_run_twice(
    database: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    is_sqlite = database == "sqlite"
    url = f"sqlite:///{tmp_path}/t.db" if is_sqlite else request.getfixturevalue("postgres_url")
    engine = build_engine(url)

    migrate(engine)
    migrate(engine)

    found = inspect(engine)
    for table in Base.metadata.sorted_tables:
        columns = {column["name"]: column["nullable"] for column in found.get_columns(table.name)}
        assert columns == {column.name: column.nullable for column in table.columns}
        indexes = {index["name"] for index in found.get_indexes(table.name)}
        assert {index.name for index in table.indexes} <= indexes
    engine.dispose()


@pytest.mark.parametrize(
    "url",
    [
        "nonsense",
        "oracle://host/x",
        "postgresql+psycopg://u@127.0.0.1:1/x",
        "sqlite:////proc/x/y.db",
    ],
)
def test_a_database_that_cannot_be_used_is_one_clear_error(url: str) -> None:
    with pytest.raises(DatabaseError, match="ENQUIRY_DATABASE_URL"):
        migrate(build_engine(url))


def _migrate(url: str, go: object, done: object) -> None:
    go.wait(30)  # type: ignore[attr-defined]
    engine = build_engine(url)
    migrate(engine)
    engine.dispose()
    done.release()  # type: ignore[attr-defined]


@pytest.mark.parametrize("database", ["sqlite", "postgres"])
def test_processes_that_start_at_once_migrate_one_after_the_other(
    database: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path}/fresh.db"
    if database == "postgres":
        url = request.getfixturevalue("postgres_url").replace("/postgres", "/together")
        server = build_engine(request.getfixturevalue("postgres_url"))
        with server.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            connection.execute(text("CREATE DATABASE together"))
        server.dispose()
    # Processes of their own that share nothing but the libraries, which one process loads for all.
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["pytest", "bot.migrations", "bot.sql_conversations"])
    go, done = context.Event(), context.Semaphore(0)
    workers = [context.Process(target=_migrate, args=(url, go, done)) for _ in range(4)]
    for worker in workers:
        worker.start()
    go.set()
    for worker in workers:
        worker.join(60)

    assert [worker.exitcode for worker in workers] == [0] * 4
    assert all(done.acquire(block=False) for _ in workers)
