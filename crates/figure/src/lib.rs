//! Figures: numbers that measure something, with unit, bound and measure.
