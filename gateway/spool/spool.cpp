#include "gateway/spool/spool.hpp"

#include <exception>
#include <utility>

#include "gateway/spool/file.hpp"

namespace anju::gateway {

std::string_view to_string(SpoolErrc errc) {
  switch (errc) {
    case SpoolErrc::cannot_open: return "cannot_open";
    case SpoolErrc::not_a_spool: return "not_a_spool";
    case SpoolErrc::corrupt: return "corrupt";
    case SpoolErrc::disk_full: return "disk_full";
    case SpoolErrc::spool_full: return "spool_full";
    case SpoolErrc::foreign_epoch: return "foreign_epoch";
    case SpoolErrc::beyond_stream: return "beyond_stream";
    case SpoolErrc::old_counter: return "old_counter";
    case SpoolErrc::seen_command: return "seen_command";
    case SpoolErrc::storage: return "storage";
  }
  return "unknown";
}

Spool::Spool(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Spool::~Spool() {
  // The newest acknowledgement, which was not worth a commit of its own.
  (void)impl_->guarded([this]() -> base::Result<> {
    impl_->store(impl_->position);
    return {};
  });
}

const std::string& Spool::epoch() const {
  return impl_->position.epoch;
}
std::int64_t Spool::first_seq() const {
  return impl_->position.first_seq;
}
std::int64_t Spool::last_seq() const {
  return impl_->position.last_seq;
}
std::int64_t Spool::through() const {
  return impl_->position.through;
}

const std::optional<wire::AlarmEvent>& Spool::damage() const {
  return impl_->damage;
}

bool Spool::full() const {
  return impl_->position.full;
}

std::int64_t Spool::used_bytes() const {
  try {
    return impl_->used_bytes();
  } catch (const std::exception&) {
    return 0;
  }
}

}  // namespace anju::gateway
