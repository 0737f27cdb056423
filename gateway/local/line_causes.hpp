#pragma once

// What a line looks like (core/line_findings.hpp), for people: each cause in both languages with what to do, and as JSON.

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/array.hpp>

#include "gateway/core/gateway.hpp"
#include "gateway/core/line_findings.hpp"
#include "protocols/base/time.hpp"

namespace anju::gateway {

/// Chinese, English: what it is, and what to do.
[[nodiscard]] std::array<std::string_view, 2> text_of(LineCause cause);
[[nodiscard]] std::array<std::string_view, 2> text_of(Confidence confidence);

/// [{"cause", "confidence": codes, "device": id, "" for the line's, "seen", "of": tries or bursts, "text", "how_sure": [Chinese, English]}]
[[nodiscard]] boost::json::array causes_json(const std::vector<LineFinding>& findings);

/// What the platform is not told, as one JSON object: {"lines": [{"line", "refused", "causes": as causes_json()}], "devices": {id: answers that said no}};
/// lines and devices of which there is nothing to say are left out.
[[nodiscard]] std::string quality_text(const Gateway& gateway, base::UtcMillis now);

/// "likely, 10 of 12, m1: …" in English (1) or Chinese (0).
[[nodiscard]] std::string sentence(const LineFinding& finding, std::size_t language);

}  // namespace anju::gateway
