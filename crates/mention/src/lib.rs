//! Actors and places, their roles, and who is who within a document.
