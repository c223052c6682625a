#![doc = include_str!("../README.md")]

pub mod arrangement;
pub mod bar;
pub mod colour;
pub mod counter;
pub mod diagnosis;
pub mod format;
pub mod hit;
pub mod known;
pub mod layout;
pub mod line;
pub mod notice;
pub mod order;
pub mod profile;
pub mod remark;
pub mod row;
pub mod run;
pub mod scene;
pub mod series;
pub mod statistics;
pub mod summary;
pub mod text;
pub mod tier;
mod timeline;
pub mod unit;

pub use timeline::{Loaded, Request, Shown, Timeline};
