#include "platform/domain/jobs.hpp"

namespace anju::platform {

std::string_view to_string(JobKind kind) {
  switch (kind) {
    case JobKind::export_rows: return "export";
    case JobKind::import_rows: return "import";
  }
  return "unknown";
}

std::string_view to_string(JobState state) {
  switch (state) {
    case JobState::waiting: return "waiting";
    case JobState::running: return "running";
    case JobState::done: return "done";
    case JobState::failed: return "failed";
    case JobState::cancelled: return "cancelled";
    case JobState::interrupted: return "interrupted";
  }
  return "unknown";
}

}  // namespace anju::platform
