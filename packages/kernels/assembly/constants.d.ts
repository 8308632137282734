/** 1 in the build that checks every access to memory, set by the build script. */
declare const CHECKED: i32
