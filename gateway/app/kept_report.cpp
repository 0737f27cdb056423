#include "gateway/app/kept_report.hpp"

#include <filesystem>

#include "gateway/local/acceptance_report.hpp"
#include "gateway/releases/durable_file.hpp"

namespace anju::gateway {
namespace {

std::string report_file(const std::string& data_folder) {
  return (std::filesystem::path(data_folder) / "acceptance.json").string();
}

}  // namespace

std::string keep_report(const std::string& data_folder, const std::string& text) {
  return write_durably(report_file(data_folder), text);
}

base::Result<std::string> kept_report(const std::string& data_folder) {
  const auto text = read_whole(report_file(data_folder), kMostReport);
  if (!text) return base::pass(text);
  return text->value_or(std::string());
}

}  // namespace anju::gateway
