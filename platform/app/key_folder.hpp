#pragma once

// The gateways' secrets: one file <gateway>.key of 64 hex digits each, readable by the platform's user only.

#include <optional>
#include <string>

#include "protocols/wire/envelope.hpp"

namespace anju::platform {

class KeyFolder {
 public:
  explicit KeyFolder(std::string folder) : folder_(std::move(folder)) {}

  /// Empty when the folder is there (made with mode 0700 when not), otherwise what is wrong.
  [[nodiscard]] std::string prepare() const;
  [[nodiscard]] std::optional<wire::GatewayKeys> read(const std::string& gateway) const;
  /// The 64 hex digits themselves, for a box that is enrolled.
  [[nodiscard]] std::optional<std::string> read_text(const std::string& gateway) const;
  /// Puts it in the place of the one that may be there, whole or not at all; durable when it returns. False: it cannot be written.
  [[nodiscard]] bool replace(const std::string& gateway, const std::string& key) const;
  /// Durable when it returns. False: there is a file of that name already, or it cannot be written.
  [[nodiscard]] bool write(const std::string& gateway, const std::string& key) const;
  /// Gone for good when it returns, also where there was none. False: it may be there still.
  [[nodiscard]] bool remove(const std::string& gateway) const;

 private:
  [[nodiscard]] std::string path(const std::string& gateway) const { return folder_ + "/" + gateway + ".key"; }
  /// A file that is not there yet.
  [[nodiscard]] static bool write_file(const std::string& name, const std::string& key);
  /// What was renamed or removed in it is so after a power cut, too.
  [[nodiscard]] bool sync() const;
  std::string folder_;
};

}  // namespace anju::platform
