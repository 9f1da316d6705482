/* SPDX-License-Identifier: Apache-2.0 */
/* fetch/address.c - see address.h. */
#include "fetch/address.h"

#include <netinet/in.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Addresses whose first `bits` are those of `begins`. */
static const struct {
    uint32_t begins;
    unsigned bits;
} closed4[] = {
    {0x00000000, 8},  /* 0.0.0.0/8: this network */
    {0x0A000000, 8},  /* 10.0.0.0/8: private */
    {0x64400000, 10}, /* 100.64.0.0/10: shared by a provider's customers */
    {0x7F000000, 8},  /* 127.0.0.0/8: loopback */
    {0xA9FE0000, 16}, /* 169.254.0.0/16: link-local */
    {0xAC100000, 12}, /* 172.16.0.0/12: private */
    {0xC0000000, 24}, /* 192.0.0.0/24: protocol assignments */
    {0xC0000200, 24}, /* 192.0.2.0/24: documentation */
    {0xC0586300, 24}, /* 192.88.99.0/24: 6to4 relays, given up */
    {0xC0A80000, 16}, /* 192.168.0.0/16: private */
    {0xC6120000, 15}, /* 198.18.0.0/15: benchmarks */
    {0xC6336400, 24}, /* 198.51.100.0/24: documentation */
    {0xCB007100, 24}, /* 203.0.113.0/24: documentation */
    {0xE0000000, 3},  /* 224.0.0.0/3: multicast, reserved, broadcast */
};

/* The public ones are 2000::/3, but for these. */
static const struct {
    uint8_t begins[8];
    unsigned bits;
} closed6[] = {
    {{0x20, 0x01, 0x00, 0x00}, 23}, /* 2001::/23: protocol assignments */
    {{0x20, 0x01, 0x0D, 0xB8}, 32}, /* 2001:db8::/32: documentation */
    {{0x3F, 0xFF, 0x00, 0x00}, 20}, /* 3fff::/20: documentation */
};

static bool is_public4(uint32_t address) {
    for (size_t i = 0; i < sizeof closed4 / sizeof *closed4; i++) {
        if ((address ^ closed4[i].begins) >> (32 - closed4[i].bits) == 0) {
            return false;
        }
    }
    return true;
}

static uint32_t at4(const uint8_t *bytes) {
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 |
           (uint32_t)bytes[2] << 8 | bytes[3];
}

static bool has_prefix(const uint8_t *bytes, const uint8_t *begins,
                       unsigned bits) {
    unsigned whole = bits / 8, rest = bits % 8;

    return memcmp(bytes, begins, whole) == 0 &&
           (rest == 0 || (bytes[whole] ^ begins[whole]) >> (8 - rest) == 0);
}

static bool is_public6(const uint8_t *bytes) {
    static const uint8_t mapped[12] = {0, 0, 0, 0, 0,    0,
                                       0, 0, 0, 0, 0xFF, 0xFF};
    static const uint8_t nat64[12] = {0, 0x64, 0xFF, 0x9B};

    if (memcmp(bytes, mapped, sizeof mapped) == 0 ||
        memcmp(bytes, nat64, sizeof nat64) == 0) {
        return is_public4(at4(bytes + 12));
    }
    if (bytes[0] == 0x20 && bytes[1] == 0x02) {
        return is_public4(at4(bytes + 2)); /* 6to4 */
    }
    for (size_t i = 0; i < sizeof closed6 / sizeof *closed6; i++) {
        if (has_prefix(bytes, closed6[i].begins, closed6[i].bits)) {
            return false;
        }
    }
    return (bytes[0] & 0xE0) == 0x20;
}

bool address_is_public(const struct sockaddr *address) {
    if (address->sa_family == AF_INET) {
        struct sockaddr_in in;
        memcpy(&in, address, sizeof in);
        return is_public4(ntohl(in.sin_addr.s_addr));
    }
    if (address->sa_family == AF_INET6) {
        struct sockaddr_in6 in;
        memcpy(&in, address, sizeof in);
        return is_public6(in.sin6_addr.s6_addr);
    }
    return false;
}
