#include "gateway/app/kept_test.hpp"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <string_view>

#include <unistd.h>

#include <spdlog/spdlog.h>

#include "gateway/releases/durable_file.hpp"

namespace anju::gateway {
namespace {

/// Bytes that are read of the file: far more than a gateway ever writes into it.
constexpr std::size_t kMostText = 64 * 1024;

std::filesystem::path test_file(const std::string& data_folder) {
  return std::filesystem::path(data_folder) / "switch-test";
}

}  // namespace

bool keep_tests(const std::string& data_folder, const std::vector<base::DeviceId>& devices) {
  const auto file = test_file(data_folder);
  if (devices.empty() && (::unlink(file.c_str()) == 0 || errno == ENOENT)) {
    keep_names(file.parent_path());  // or it would come back with the power
    return true;
  }
  std::string text;
  for (const auto& device : devices) text += device.value + "\n";
  const auto wrong = write_durably(file.string(), text.empty() ? "\n" : text);
  // What is named here is closed at the next start, whatever the office has ordered since.
  if (!wrong.empty()) spdlog::error("switch test: {}: a meter that is named in it is switched on at the next start, one that is not named is not tested", wrong);
  return wrong.empty();
}

std::vector<base::DeviceId> kept_tests(const std::string& data_folder) {
  const auto text = read_whole(test_file(data_folder).string(), kMostText);
  if (!text) spdlog::error("switch test: {}: what a test has left open is not known", text.error().where);
  std::vector<base::DeviceId> devices;
  std::string_view rest = text && *text ? std::string_view(**text) : std::string_view();
  while (!rest.empty()) {
    const auto end = std::min(rest.find('\n'), rest.size());
    if (base::is_id(rest.substr(0, end))) devices.emplace_back(std::string(rest.substr(0, end)));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return devices;
}

}  // namespace anju::gateway
