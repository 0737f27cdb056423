#pragma once

// How the codecs of archive and state read and write their fields of an upgrade; for this folder only.

#include <boost/json/value.hpp>
#include <string>

#include "protocols/base/result.hpp"
#include "protocols/wire/upgrade.hpp"

namespace anju::wire {

[[nodiscard]] base::Result<> read(const boost::json::value& value, ReleaseOrder& out);
[[nodiscard]] base::Result<> read(const boost::json::value& value, UpgradeProgress& out);
void append(std::string& out, const ReleaseOrder& order);
void append(std::string& out, const UpgradeProgress& progress);

}  // namespace anju::wire
