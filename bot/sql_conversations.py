"""Conversations in a SQL database (with `migrations/`, the only home of SQLAlchemy)."""

from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import (
    DateTime,
    Engine,
    ForeignKey,
    String,
    Text,
    create_engine,
    delete,
    event,
    select,
    text,
    update,
)
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, IntegrityError, SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from bot.answer import Answer
from bot.answer_json import dump_answer, load_answer
from bot.conversations import Conversation, Exchange
from bot.errors import DatabaseError


class Base(DeclarativeBase):
    """Tables of the service; `migrations/` creates them."""


class ConversationRow(Base):
    """A conversation."""

    __tablename__ = "conversations"

    conversation_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    token_digest: Mapped[str] = mapped_column(String(64))
    locale: Mapped[str] = mapped_column(String(8))
    nation: Mapped[str] = mapped_column(String(32))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), index=True)


class ExchangeRow(Base):
    """A redacted question and its answer."""

    __tablename__ = "exchanges"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    conversation_id: Mapped[str] = mapped_column(
        ForeignKey("conversations.conversation_id", ondelete="CASCADE"), index=True
    )
    answer: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    idempotency_key: Mapped[str] = mapped_column(String(128))
    request_digest: Mapped[str] = mapped_column(String(64))


class AnswerRow(Base):
    """That an answer was given, without its words; and what people thought of it."""

    __tablename__ = "answers"

    answer_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    conversation_id: Mapped[str | None] = mapped_column(
        ForeignKey("conversations.conversation_id", ondelete="CASCADE"), index=True
    )
    status: Mapped[str] = mapped_column(String(48))
    index_version: Mapped[str] = mapped_column(String(64))
    given_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), index=True)
    useful: Mapped[bool | None]
    reason: Mapped[str | None] = mapped_column(String(64))
    comment: Mapped[str | None] = mapped_column(Text)
    feedback_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


def build_engine(url: str) -> Engine:
    """Return an engine for a database address; SQLite gets WAL, foreign keys and secure delete.

    Raises:
        DatabaseError: The address is wrong, its driver is missing, or its folder cannot be made.
    """
    try:
        address = make_url(url)
        is_sqlite = address.get_backend_name() == "sqlite"
        if is_sqlite and address.database and address.database != ":memory:":
            Path(address.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(url, pool_pre_ping=True)
    except (ArgumentError, ImportError, SQLAlchemyError, OSError) as error:
        raise DatabaseError(reason=_reason(error)) from error
    if is_sqlite:
        event.listen(engine, "connect", _prepare_sqlite)
    return engine


class SqlConversationStore:
    """Keeps conversations in PostgreSQL or SQLite; safe to share between threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def create(self, conversation: Conversation, token_digest: str) -> None:
        """Keep a new conversation; see `ConversationStore`."""
        row = ConversationRow(
            conversation_id=conversation.conversation_id,
            token_digest=token_digest,
            locale=conversation.locale,
            nation=conversation.nation,
            created_at=conversation.created_at,
            expires_at=conversation.expires_at,
        )
        with Session(self._engine) as session, session.begin():
            session.add(row)

    def find(self, conversation_id: str, token_digest: str, now: datetime) -> Conversation | None:
        """Return a conversation; see `ConversationStore`."""
        query = select(ConversationRow).where(
            ConversationRow.conversation_id == conversation_id,
            ConversationRow.token_digest == token_digest,
            ConversationRow.expires_at > now,
        )
        with Session(self._engine) as session:
            row = session.scalars(query).one_or_none()
            if row is None:
                return None
            return Conversation(
                conversation_id=row.conversation_id,
                locale=row.locale,
                nation=row.nation,
                created_at=_utc(row.created_at),
                expires_at=_utc(row.expires_at),
            )

    def append(self, conversation_id: str, exchange: Exchange) -> bool:
        """Keep an exchange; see `ConversationStore`."""
        answer = exchange.answer
        try:
            with Session(self._engine) as session, session.begin():
                session.add(
                    ExchangeRow(
                        conversation_id=conversation_id,
                        answer=dump_answer(answer).decode(),
                        asked_at=exchange.asked_at,
                        idempotency_key=exchange.idempotency_key,
                        request_digest=exchange.request_digest,
                    )
                )
                session.add(_answer_row(answer, exchange.asked_at, conversation_id))
        except IntegrityError:
            return False
        return True

    def exchanges(self, conversation_id: str) -> list[Exchange]:
        """Return the exchanges, oldest first; see `ConversationStore`."""
        query = (
            select(ExchangeRow)
            .where(ExchangeRow.conversation_id == conversation_id)
            .order_by(ExchangeRow.number)
        )
        with Session(self._engine) as session:
            return [
                Exchange(
                    load_answer(row.answer),
                    _utc(row.asked_at),
                    row.idempotency_key,
                    row.request_digest,
                )
                for row in session.scalars(query)
            ]

    def erase(self, conversation_id: str) -> None:
        """Delete a conversation and all that hangs on it; see `ConversationStore`."""
        with Session(self._engine) as session, session.begin():
            session.execute(
                delete(ConversationRow).where(ConversationRow.conversation_id == conversation_id)
            )
        self._forget_log()

    def _forget_log(self) -> None:
        """Empty SQLite's write-ahead log, which would otherwise keep erased words for a while."""
        if self._engine.dialect.name == "sqlite":
            with self._engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def note_answer(self, answer: Answer, now: datetime) -> None:
        """Remember an answer without its words; see `ConversationStore`."""
        with Session(self._engine) as session, session.begin():
            session.add(_answer_row(answer, now, None))

    def add_feedback(
        self, answer_id: str, *, useful: bool, reason: str, comment: str, now: datetime
    ) -> bool:
        """Keep feedback; see `ConversationStore`."""
        change = (
            update(AnswerRow)
            .where(AnswerRow.answer_id == answer_id)
            .values(useful=useful, reason=reason, comment=comment, feedback_at=now)
            .returning(AnswerRow.answer_id)
        )
        with Session(self._engine) as session, session.begin():
            return session.scalars(change).one_or_none() is not None

    def purge(self, now: datetime) -> int:
        """Delete what has expired; see `ConversationStore`."""
        expired = (
            delete(ConversationRow)
            .where(ConversationRow.expires_at <= now)
            .returning(ConversationRow.conversation_id)
        )
        with Session(self._engine) as session, session.begin():
            purged = len(session.scalars(expired).all())
        if purged:
            self._forget_log()
        return purged

    def check(self) -> None:
        """Raise when the database cannot be reached; see `ConversationStore`."""
        with self._engine.connect() as connection:
            connection.execute(text("SELECT 1"))

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()


def _answer_row(answer: Answer, given_at: datetime, conversation_id: str | None) -> AnswerRow:
    return AnswerRow(
        answer_id=answer.answer_id,
        conversation_id=conversation_id,
        status=answer.status.value,
        index_version=answer.index_version,
        given_at=given_at,
    )


def _prepare_sqlite(connection: object, _: object) -> None:
    cursor = connection.cursor()  # type: ignore[attr-defined]  # DB-API connection
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",  # safe with WAL, and no wait for the disk on every answer
        "foreign_keys=ON",
        "busy_timeout=5000",
        "secure_delete=ON",  # erased words are overwritten, not only unlinked
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _utc(moment: datetime) -> datetime:
    # SQLite forgets the time zone; everything stored is UTC.
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _reason(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__
