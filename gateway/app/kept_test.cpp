#include "gateway/app/kept_test.hpp"

#include <cerrno>
#include <filesystem>

#include <unistd.h>

#include <spdlog/spdlog.h>

#include "gateway/app/config.hpp"
#include "gateway/releases/durable_file.hpp"
#include "protocols/base/id.hpp"

namespace anju::gateway {
namespace {

std::filesystem::path test_file(const std::string& data_folder) {
  return std::filesystem::path(data_folder) / "switch-test";
}

}  // namespace

bool keep_test(const std::string& data_folder, const std::string& device) {
  const auto file = test_file(data_folder);
  if (device.empty()) {
    if (::unlink(file.c_str()) == 0 || errno == ENOENT) {
      keep_names(file.parent_path());  // or it would come back with the power
      return true;
    }
    // What is named here is closed at the next start, whatever the office has ordered since.
    const auto wrong = write_durably(file.string(), "\n");
    if (!wrong.empty()) spdlog::error("switch test: {}: remove this file by hand, or the meter in it is switched on at the next start", wrong);
    return wrong.empty();
  }
  const auto wrong = write_durably(file.string(), device + "\n");
  if (!wrong.empty()) spdlog::error("no switch test: {}", wrong);
  return wrong.empty();
}

std::string kept_test(const std::string& data_folder) {
  const auto text = read_text(test_file(data_folder).string(), "switch test");
  const auto device = text ? text->substr(0, text->find('\n')) : std::string();
  return base::is_id(device) ? device : std::string();
}

}  // namespace anju::gateway
