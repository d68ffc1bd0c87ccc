//! Who gets in, and who does not.

mod invitations;
