// The journal of commands.

#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>

#include <array>
#include <utility>
#include <variant>

#include "gateway/spool/file.hpp"

namespace anju::gateway {
namespace {

/// In the place of a command's phase: its body cannot be read, and the alarm said so.
constexpr const char* kUnreadable = "unreadable";

constexpr std::array kPhases{wire::CommandPhase::acked, wire::CommandPhase::verified, wire::CommandPhase::failed,
                             wire::CommandPhase::expired, wire::CommandPhase::refused};

}  // namespace

base::Result<> Spool::Impl::accept(const wire::Command& command) {
  SQLite::Statement seen(database, "SELECT 1 FROM command WHERE id = ?");
  seen.bind(1, command.id.value);
  if (seen.executeStep()) return base::fail(SpoolErrc::seen_command, command.id.value);
  seen.reset();
  if (command.counter <= position.last_counter) {
    return base::fail(SpoolErrc::old_counter, std::to_string(command.counter));
  }
  SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
  SQLite::Statement insert(database, "INSERT INTO command VALUES (?, ?, ?, NULL)");
  insert.bind(1, command.counter);
  insert.bind(2, command.id.value);
  insert.bind(3, wire::encode(command));
  insert.exec();
  SQLite::Statement prune(database,
                          "DELETE FROM command WHERE phase IS NOT NULL AND phase <> 'acked' AND counter <= "
                          "(SELECT counter FROM command ORDER BY counter DESC LIMIT 1 OFFSET ?)");
  prune.bind(1, static_cast<std::int64_t>(kMaxCommandsKept));
  prune.exec();
  Position next = position;
  next.last_counter = command.counter;
  store(next);
  transaction.commit();
  position = next;
  return {};
}

base::Result<std::vector<AcceptedCommand>> Spool::Impl::accepted() {
  std::vector<AcceptedCommand> entries;
  SQLite::Statement select(database, "SELECT body, phase FROM command ORDER BY counter");
  while (select.executeStep()) {
    auto command = wire::decode_command(select.getColumn(0).getString());
    if (!command) continue;
    AcceptedCommand entry{std::move(*command), {}};
    const std::string phase = select.getColumn(1).isNull() ? "" : select.getColumn(1).getString();
    for (const auto candidate : kPhases) {
      if (wire::to_string(candidate) == phase) entry.phase = candidate;
    }
    entries.push_back(std::move(entry));
  }
  return entries;
}

void Spool::Impl::note_phases(const std::vector<wire::Event>& events) {
  for (const wire::Event& event : events) {
    const auto* command = std::get_if<wire::CommandEvent>(&event);
    if (command == nullptr) continue;
    SQLite::Statement update(database, "UPDATE command SET phase = ? WHERE id = ? AND phase IS NOT ?");
    update.bind(1, std::string(wire::to_string(command->phase)));
    update.bind(2, command->command.value);
    update.bind(3, kUnreadable);
    update.exec();
  }
}

std::vector<Spool::Impl::UnreadableCommand> Spool::Impl::unreadable_commands() {
  std::vector<UnreadableCommand> unreadable;
  SQLite::Statement select(database, "SELECT counter, id, body FROM command WHERE phase IS NOT ? ORDER BY counter");
  select.bind(1, kUnreadable);
  while (select.executeStep()) {
    if (wire::decode_command(select.getColumn(2).getString())) continue;
    unreadable.push_back({select.getColumn(0).getInt64(), select.getColumn(1).getString()});
  }
  return unreadable;
}

void Spool::Impl::mark_unreadable(const std::vector<UnreadableCommand>& commands) {
  SQLite::Statement mark(database, "UPDATE command SET phase = ? WHERE counter = ?");
  for (const auto& command : commands) {
    mark.bind(1, kUnreadable);
    mark.bind(2, command.counter);
    mark.exec();
    mark.reset();
  }
}

base::Result<> Spool::accept(const wire::Command& command) {
  return impl_->guarded([&] { return impl_->accept(command); });
}

std::int64_t Spool::last_counter() const {
  return impl_->position.last_counter;
}

base::Result<std::vector<AcceptedCommand>> Spool::accepted() {
  return impl_->guarded([&] { return impl_->accepted(); });
}

}  // namespace anju::gateway
