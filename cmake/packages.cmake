# What is installed, and the Debian packages of it: one per program. `scripts/package` builds them; tests/e2e/packages.test.ts installs,
# upgrades and removes them.

set(CMAKE_SKIP_INSTALL_ALL_DEPENDENCY ON)  # cpack packs what is built; it does not build the tests
set(CPACK_GENERATOR DEB)
set(CPACK_SET_DESTDIR ON)
set(CPACK_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_CONTACT "Anju <maintainers@anju.invalid>")
set(CPACK_PACKAGE_VENDOR Anju)
set(CPACK_PACKAGE_DIRECTORY ${CMAKE_BINARY_DIR}/packages)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SECTION misc)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)

# anju_package(NAME SUMMARY): the program in bin/, its licence, the README of its folder.
function(anju_package name folder summary)
  install(TARGETS ${name} RUNTIME DESTINATION bin COMPONENT ${name})
  install(FILES ${CMAKE_SOURCE_DIR}/${folder}/README.md ${CMAKE_SOURCE_DIR}/CHANGELOG.md DESTINATION share/doc/${name} COMPONENT ${name})
  install(FILES ${CMAKE_SOURCE_DIR}/LICENSE DESTINATION share/doc/${name} RENAME copyright COMPONENT ${name})
  string(TOUPPER ${name} key)
  set(CPACK_DEBIAN_${key}_PACKAGE_NAME ${name} PARENT_SCOPE)
  set(CPACK_COMPONENT_${key}_DESCRIPTION "${summary}" PARENT_SCOPE)
  set(CPACK_COMPONENTS_ALL ${CPACK_COMPONENTS_ALL} ${name} PARENT_SCOPE)
endfunction()

# anju_service(PACKAGE CONFIG KEPT HINT): its unit, a user of its own, and what happens to them when it is installed and removed.
#   CONFIG: copied from share/PACKAGE/ to /etc/PACKAGE/ where there is none. KEPT: names in /var/lib/PACKAGE that a purge must not delete.
function(anju_service package config kept hint)
  string(TOUPPER ${package} key)
  set(extra "")
  foreach(script postinst prerm postrm)
    configure_file(${CMAKE_SOURCE_DIR}/cmake/package/${script}.in ${CMAKE_BINARY_DIR}/package/${package}/${script} @ONLY
                   FILE_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
    list(APPEND extra ${CMAKE_BINARY_DIR}/package/${package}/${script})
  endforeach()
  set(CPACK_DEBIAN_${key}_PACKAGE_CONTROL_EXTRA "${extra}" PARENT_SCOPE)
  set(CPACK_DEBIAN_${key}_PACKAGE_DEPENDS adduser PARENT_SCOPE)
endfunction()

anju_package(anju-gateway gateway "gateway of a site: reads and switches meters, keeps every event until the platform has it")
install(TARGETS anju-gateway-start RUNTIME DESTINATION bin COMPONENT anju-gateway)
# Whose releases a gateway of this package takes. Who builds packages for others names his own file: -D ANJU_RELEASE_KEYS=FILE.
set(ANJU_RELEASE_KEYS ${CMAKE_SOURCE_DIR}/gateway/package/release-keys CACHE FILEPATH "public keys of the makers of releases, a line each")
install(FILES ${ANJU_RELEASE_KEYS} DESTINATION share/anju RENAME release-keys COMPONENT anju-gateway)
install(DIRECTORY gateway/profiles/ DESTINATION share/anju/profiles COMPONENT anju-gateway FILES_MATCHING PATTERN "*.toml")
install(FILES gateway/profiles/README.md DESTINATION share/doc/anju-gateway RENAME profiles.md COMPONENT anju-gateway)
install(FILES gateway/package/gateway.toml DESTINATION share/doc/anju-gateway/examples COMPONENT anju-gateway)
install(FILES gateway/package/anju-gateway.service DESTINATION lib/systemd/system COMPONENT anju-gateway)
anju_service(anju-gateway gateway.toml "" "anju-gateway starts once /etc/anju-gateway/gateway.toml is there: ask the office for a code, then
  sudo anju-gateway enroll --platform https://PLATFORM --code XXXXX-XXXXX --config /etc/anju-gateway/gateway.toml && sudo systemctl restart anju-gateway")

anju_package(anju-platform platform "platform: ledger of meters, chargers and doors, API and web console")
install(DIRECTORY web/dist/ DESTINATION share/anju/web COMPONENT anju-platform PATTERN ".anju-sources" EXCLUDE)
install(FILES platform/package/platform.toml DESTINATION share/anju-platform COMPONENT anju-platform)
install(FILES platform/package/anju-platform.service DESTINATION lib/systemd/system COMPONENT anju-platform)
anju_service(anju-platform platform.toml "platform.db keys"
             "anju-platform: for the first login run  sudo -u anju-platform anju-platform init --config /etc/anju-platform/platform.toml --organisation NAME")
set(CPACK_DEBIAN_ANJU-PLATFORM_PACKAGE_RECOMMENDS mosquitto)

anju_package(anju-sim firmware-sim "simulated meters at wire level, with faults on request, for tests and demonstrations")
install(DIRECTORY firmware-sim/scenarios/ DESTINATION share/anju/scenarios COMPONENT anju-sim FILES_MATCHING PATTERN "*.toml")

include(CPack)
