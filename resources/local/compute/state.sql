CREATE ROLE lakebaseops LOGIN PASSWORD :password;

CREATE DATABASE lakebaseops OWNER lakebaseops;

