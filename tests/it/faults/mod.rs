//! What goes wrong around the program, or in the middle of it: the power, the disk, and two transactions that meet.

mod crash;
mod crossing;
mod full_disk;
mod program;
mod storm;
