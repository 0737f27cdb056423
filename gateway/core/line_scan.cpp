#include "gateway/core/line_scan.hpp"

#include <utility>

namespace anju::gateway {

std::string_view to_string(ScanEnd end) {
  switch (end) {
    case ScanEnd::complete: return "complete";
    case ScanEnd::cancelled: return "cancelled";
    case ScanEnd::line_down: return "line_down";
    case ScanEnd::archive_changed: return "archive_changed";
    case ScanEnd::too_long: return "too_long";
  }
  return "unknown";
}

LineScan::LineScan(base::LineId line, LineUri uri, ScanSettings settings, base::UtcMillis now)
    : line_(std::move(line)), uri_(std::move(uri)), began_(now), scan_(std::move(settings)) {}

std::vector<PortAction> LineScan::ask(base::UtcMillis now) {
  if (is_over() || is_listening()) return {};
  if (now < ear_.ready_at() && now >= ear_.asked_at()) return {};  // else the clock was set back
  const auto probe = scan_->next();
  if (!probe) {
    end(ScanEnd::complete, now);
    return {};
  }
  trying_ = std::string(to_string(probe->root.dialect)) + " " + text_of(probe->root.format);
  return ear_.ask(*probe, now);
}

void LineScan::received(base::ByteView bytes, base::UtcMillis now) {
  if (is_listening()) ear_.received(bytes, now);
}

bool LineScan::hear(base::UtcMillis now) {
  if (is_over() || !is_listening()) return false;
  if (now < ear_.deadline() && now >= ear_.asked_at()) return false;
  static_cast<void>(scan_->heard(ear_.take()));
  return true;
}

void LineScan::end(ScanEnd why, base::UtcMillis now) {
  if (is_over()) return;
  end_ = why;
  ended_ = now;
  asked_ = scan_->asked();
  unclear_ = scan_->clashes().size() + scan_->unresolved().size();
  noise_ = scan_->heard_noise_only();
  found_ = scan_->found();
  scan_.reset();
  trying_.clear();
  static_cast<void>(ear_.take());
}

std::optional<base::UtcMillis> LineScan::wake() const {
  if (is_over()) return std::nullopt;
  return is_listening() ? ear_.deadline() : ear_.ready_at();
}

}  // namespace anju::gateway
