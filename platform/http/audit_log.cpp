#include "platform/http/audit_log.hpp"

#include <memory>

namespace anju::platform {

void AuditLog::append(AuditEntry entry, std::function<void(bool)> done) {
  if (entries_.size() >= kMostWaiting) return done(false);
  entries_.push_back(std::move(entry));
  done_.push_back(std::move(done));
  if (!writing_) flush();
}

void AuditLog::flush() {
  if (entries_.empty()) return;
  writing_ = true;
  auto entries = std::make_shared<std::vector<AuditEntry>>(std::exchange(entries_, {}));
  auto waiting = std::make_shared<std::vector<std::function<void(bool)>>>(std::exchange(done_, {}));

  auto finish = [this, waiting](bool stored) {
    healthy_ = stored;
    writing_ = false;
    for (const auto& done : *waiting) done(stored);
    if (!writing_) flush();
  };
  auto write = [this, entries, finish] {
    const bool stored = store_.append_audit(*entries).has_value();
    run_.loop([finish, stored] { finish(stored); });
  };
  if (!run_.store(std::move(write))) finish(false);
}

}  // namespace anju::platform
