#include "platform/store/gateway_places.hpp"

#include <soci/soci.h>

#include "platform/store/database.hpp"
#include "platform/store/reader.hpp"

namespace anju::platform {

base::Result<std::vector<GatewayPlace>> read_gateway_places(const std::string& url) {
  soci::session session;
  if (auto opened = open_session(session, url); !opened) return base::pass(opened);
  return guarded("gateway_places", [&]() -> base::Result<std::vector<GatewayPlace>> {
    std::vector<GatewayPlace> places;
    Select rows(session, 2, "SELECT s.code, g.code FROM gateway g JOIN site s ON s.id = g.site ORDER BY g.code");
    while (rows.next()) {
      GatewayPlace& place = places.emplace_back();
      place.site = rows.text();
      place.gateway = rows.text();
    }
    return places;
  });
}

}  // namespace anju::platform
