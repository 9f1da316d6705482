/* SPDX-License-Identifier: Apache-2.0 */
/* tag/kernels.h - all kernels; for kernel.c and the kernel_*.c only. Which of
 * them are there depends on the processor that is built for. */
#ifndef TAG_KERNELS_H
#define TAG_KERNELS_H

#include "tag/kernel.h"

extern const Kernel kernel_plain;
extern const Kernel kernel_avx2;
extern const Kernel kernel_avx512;
extern const Kernel kernel_amx;
extern const Kernel kernel_neon;

#endif
